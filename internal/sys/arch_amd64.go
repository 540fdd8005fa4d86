package sys

const restorerFlag = saRestorer
