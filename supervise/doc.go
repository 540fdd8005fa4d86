// Package supervise keeps services running: the state machine of one service
// (machine.go), what carries it out on a service directory (service.go,
// perform.go, spawn.go), and the scanner that does so for every service
// directory in a scan directory (scanner.go, scan.go), all in one thread on
// one event loop.
//
// On disk it is s6's interface, so that every s6 tool works on it: in a
// service directory supervise/{control,lock,status,death_tally} and the
// fifodir event/, in a scan directory .s6-svscan/{control,lock}.
// Source: https://skarnet.org/software/s6/servicedir.html and scandir.html.
package supervise
