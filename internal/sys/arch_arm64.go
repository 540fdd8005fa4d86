package sys

const restorerFlag = 0
