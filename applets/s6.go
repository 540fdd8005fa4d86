package applets

var s6Rows = [...]row{}
