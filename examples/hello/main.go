// Hello is the program of the example image: a web service, the client that
// asks it for a page, and the maker of the page.
package main

import (
	"context"
	"flag"
	"fmt"
	"html"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

const usage = `usage:
  hello page                      print a page made from the variable GREETING
  hello serve SOCKET FILE         serve FILE over HTTP on a Unix socket
  hello get [-wait TIME] SOCKET   ask for the page, again until TIME has passed
`

func main() {
	log.SetFlags(0)
	flag.Usage = func() { io.WriteString(os.Stderr, usage) }
	flag.Parse()
	args := flag.Args()
	var err error
	switch {
	case len(args) == 1 && args[0] == "page":
		err = page()
	case len(args) == 3 && args[0] == "serve":
		err = serve(args[1], args[2])
	case len(args) > 1 && args[0] == "get":
		err = get(args[1:])
	default:
		flag.Usage()
		os.Exit(2)
	}
	if err != nil {
		log.Fatal("hello: ", err)
	}
}

func page() error {
	greeting := os.Getenv("GREETING")
	if greeting == "" {
		return fmt.Errorf("GREETING is not set")
	}
	_, err := fmt.Printf("<h1>%s</h1>\n", html.EscapeString(greeting))
	return err
}

// serve runs until SIGTERM, and then lets requests end.
func serve(socket, file string) error {
	os.Remove(socket) // of a server that was killed
	listener, err := net.Listen("unix", socket)
	if err != nil {
		return err
	}
	server := &http.Server{
		ReadHeaderTimeout: 10 * time.Second,
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			log.Print(r.Method, " ", r.URL.Path)
			http.ServeFile(w, r, file)
		}),
	}
	stop, cancel := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer cancel()
	done := make(chan error)
	go func() {
		<-stop.Done()
		done <- server.Shutdown(context.Background())
	}()
	log.Print("serving ", file, " on ", socket)
	if err := server.Serve(listener); err != http.ErrServerClosed {
		return err
	}
	return <-done
}

func get(args []string) error {
	flags := flag.NewFlagSet("get", flag.ExitOnError)
	flags.Usage = flag.Usage
	wait := flags.Duration("wait", 0, "")
	flags.Parse(args)
	if flags.NArg() != 1 {
		flags.Usage()
		os.Exit(2)
	}
	client := http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, "unix", flags.Arg(0))
		},
	}}
	for deadline := time.Now().Add(*wait); ; {
		err := request(&client)
		if err == nil || time.Now().After(deadline) {
			return err
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func request(client *http.Client) error {
	response, err := client.Get("http://hello/")
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("the server says %s", response.Status)
	}
	_, err = io.Copy(os.Stdout, response.Body)
	return err
}
