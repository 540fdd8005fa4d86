package supervise

// A state says what runs in a service directory.
type state uint8

const (
	down       state = iota // nothing
	up                      // run
	finish                  // finish
	lastUp                  // run, and the supervisor leaves after it
	lastFinish              // finish, and the supervisor leaves after it
	numStates
)

// An event is something that happens to a service.
type event uint8

const (
	timeout       event = iota // the timer went off
	died                       // run or finish died
	started                    // run was started
	notStarted                 // run could not be started
	finishing                  // finish was started
	nothingToDo                // there is no finish, or it could not be started
	asksTerm                   // the supervisor is asked to leave: bring down, then leave
	asksHangup                 // leave when the service dies by itself
	asksQuit                   // leave at once, the service goes on
	asksInterrupt              // interrupt the service's process group, leave at once
	sendALRM                   // from here on the bytes of the control fifo: signals
	sendABRT
	sendQUIT
	sendHUP
	sendKILL
	sendTERM
	sendINT
	sendUSR1
	sendUSR2
	sendSTOP
	sendCONT
	sendWINCH
	sendDown   // the down-signal
	sendReload // the reload-signal
	groupSTOP
	groupCONT
	groupKILL
	once        // and what is wanted
	wantDown    //
	wantUp      //
	wantDownFor // and for the next supervisor too, by the file down
	wantUpFor   //
	leave       //
	atMostOnce  //
	failForGood //
	numEvents
)

// control maps the bytes of the control fifo to events; others are ignored.
var control = [256]event{
	'a': sendALRM, 'b': sendABRT, 'q': sendQUIT, 'h': sendHUP, 'k': sendKILL, 't': sendTERM, 'i': sendINT,
	'1': sendUSR1, '2': sendUSR2, 'p': sendSTOP, 'c': sendCONT, 'y': sendWINCH, 'r': sendDown, 'l': sendReload,
	'P': groupSTOP, 'C': groupCONT, 'K': groupKILL,
	'o': once, 'd': wantDown, 'u': wantUp, 'D': wantDownFor, 'U': wantUpFor, 'x': leave, 'O': atMostOnce, 'Q': failForGood,
}

// An action is a thing to do; perform.go does them.
type action uint8

const (
	startIfWanted  action = iota // start run if the service is wanted up, else wait for a command
	start                        // start run
	setWantUp                    // write into the status
	setWantDown                  //
	makeDownFile                 // create ./down
	removeDownFile               // remove ./down
	announceUp                   // status and event u
	waitLong                     // try again in 60 seconds
	runFinish                    // record the death, start finish
	announceDeath                // status and event d; arm timeout-finish
	settleAtOnce                 // down and ready without a finish: events dD
	settle                       // down and ready after finish: events D, or OD when it exited 125
	bringDown                    // down-signal, CONT; arm timeout-kill
	killHard                     // the service outlived timeout-kill
	killFinish                   // finish outlived timeout-finish
	closeStdio                   // give up standard input and output
	quit                         // the supervisor leaves
	signalIt                     // the signal that the event names
	interruptGroup               // INT to the process group
)

// A transition is what an event does in a state: the actions, then the state
// it leads to. An action that fails or succeeds in more than one way makes a
// further event of it (started, notStarted, finishing, nothingToDo).
type transition struct {
	next state
	do   []action
}

// machine is the whole behaviour of a supervisor. Every cell is written out.
// Source: s6 2.15.1.0, supervision/s6-supervise.c, in words.
var machine = [numStates][numEvents]transition{
	down: {
		timeout:       {down, []action{startIfWanted}},
		died:          {down, nil},
		started:       {up, []action{announceUp}},
		notStarted:    {down, []action{waitLong}},
		finishing:     {down, nil},
		nothingToDo:   {down, nil},
		asksTerm:      {down, []action{quit}},
		asksHangup:    {down, []action{quit}},
		asksQuit:      {down, []action{quit}},
		asksInterrupt: {down, []action{quit}},
		sendALRM:      {down, nil},
		sendABRT:      {down, nil},
		sendQUIT:      {down, nil},
		sendHUP:       {down, nil},
		sendKILL:      {down, nil},
		sendTERM:      {down, nil},
		sendINT:       {down, nil},
		sendUSR1:      {down, nil},
		sendUSR2:      {down, nil},
		sendSTOP:      {down, nil},
		sendCONT:      {down, nil},
		sendWINCH:     {down, nil},
		sendDown:      {down, nil},
		sendReload:    {down, nil},
		groupSTOP:     {down, nil},
		groupCONT:     {down, nil},
		groupKILL:     {down, nil},
		once:          {down, []action{setWantDown, start}},
		wantDown:      {down, []action{setWantDown}},
		wantUp:        {down, []action{setWantUp, start}},
		wantDownFor:   {down, []action{makeDownFile, setWantDown}},
		wantUpFor:     {down, []action{removeDownFile, setWantUp, start}},
		leave:         {down, []action{quit}},
		atMostOnce:    {down, []action{setWantDown}},
		failForGood:   {down, []action{makeDownFile, setWantDown}},
	},
	up: {
		timeout:       {up, []action{killHard}},
		died:          {up, []action{runFinish}},
		started:       {up, nil},
		notStarted:    {up, nil},
		finishing:     {finish, []action{announceDeath}},
		nothingToDo:   {down, []action{settleAtOnce}},
		asksTerm:      {lastUp, []action{setWantDown, bringDown}},
		asksHangup:    {lastUp, []action{closeStdio}},
		asksQuit:      {up, []action{quit}},
		asksInterrupt: {up, []action{interruptGroup, quit}},
		sendALRM:      {up, []action{signalIt}},
		sendABRT:      {up, []action{signalIt}},
		sendQUIT:      {up, []action{signalIt}},
		sendHUP:       {up, []action{signalIt}},
		sendKILL:      {up, []action{signalIt}},
		sendTERM:      {up, []action{signalIt}},
		sendINT:       {up, []action{signalIt}},
		sendUSR1:      {up, []action{signalIt}},
		sendUSR2:      {up, []action{signalIt}},
		sendSTOP:      {up, []action{signalIt}},
		sendCONT:      {up, []action{signalIt}},
		sendWINCH:     {up, []action{signalIt}},
		sendDown:      {up, []action{signalIt}},
		sendReload:    {up, []action{signalIt}},
		groupSTOP:     {up, []action{signalIt}},
		groupCONT:     {up, []action{signalIt}},
		groupKILL:     {up, []action{signalIt}},
		once:          {up, []action{setWantDown}},
		wantDown:      {up, []action{setWantDown, bringDown}},
		wantUp:        {up, []action{setWantUp}},
		wantDownFor:   {up, []action{makeDownFile, setWantDown, bringDown}},
		wantUpFor:     {up, []action{removeDownFile, setWantUp}},
		leave:         {lastUp, []action{closeStdio}},
		atMostOnce:    {up, []action{setWantDown}},
		failForGood:   {up, []action{makeDownFile, setWantDown}},
	},
	finish: {
		timeout:       {finish, []action{killFinish}},
		died:          {down, []action{settle}},
		started:       {finish, nil},
		notStarted:    {finish, nil},
		finishing:     {finish, nil},
		nothingToDo:   {finish, nil},
		asksTerm:      {lastFinish, []action{closeStdio}},
		asksHangup:    {lastFinish, []action{closeStdio}},
		asksQuit:      {finish, []action{quit}},
		asksInterrupt: {finish, []action{interruptGroup, quit}},
		sendALRM:      {finish, nil},
		sendABRT:      {finish, nil},
		sendQUIT:      {finish, nil},
		sendHUP:       {finish, nil},
		sendKILL:      {finish, nil},
		sendTERM:      {finish, nil},
		sendINT:       {finish, nil},
		sendUSR1:      {finish, nil},
		sendUSR2:      {finish, nil},
		sendSTOP:      {finish, nil},
		sendCONT:      {finish, nil},
		sendWINCH:     {finish, nil},
		sendDown:      {finish, nil},
		sendReload:    {finish, nil},
		groupSTOP:     {finish, nil},
		groupCONT:     {finish, nil},
		groupKILL:     {finish, nil},
		once:          {finish, []action{setWantDown}},
		wantDown:      {finish, []action{setWantDown}},
		wantUp:        {finish, []action{setWantUp}},
		wantDownFor:   {finish, []action{makeDownFile, setWantDown}},
		wantUpFor:     {finish, []action{removeDownFile, setWantUp}},
		leave:         {lastFinish, []action{closeStdio}},
		atMostOnce:    {finish, []action{setWantDown}},
		failForGood:   {finish, []action{makeDownFile, setWantDown}},
	},
	lastUp: {
		timeout:       {lastUp, []action{killHard}},
		died:          {lastUp, []action{runFinish}},
		started:       {lastUp, nil},
		notStarted:    {lastUp, nil},
		finishing:     {lastFinish, []action{announceDeath}},
		nothingToDo:   {down, []action{settleAtOnce, quit}},
		asksTerm:      {lastUp, []action{setWantDown, bringDown}},
		asksHangup:    {lastUp, []action{closeStdio}},
		asksQuit:      {lastUp, []action{quit}},
		asksInterrupt: {lastUp, []action{interruptGroup, quit}},
		sendALRM:      {lastUp, []action{signalIt}},
		sendABRT:      {lastUp, []action{signalIt}},
		sendQUIT:      {lastUp, []action{signalIt}},
		sendHUP:       {lastUp, []action{signalIt}},
		sendKILL:      {lastUp, []action{signalIt}},
		sendTERM:      {lastUp, []action{signalIt}},
		sendINT:       {lastUp, []action{signalIt}},
		sendUSR1:      {lastUp, []action{signalIt}},
		sendUSR2:      {lastUp, []action{signalIt}},
		sendSTOP:      {lastUp, []action{signalIt}},
		sendCONT:      {lastUp, []action{signalIt}},
		sendWINCH:     {lastUp, []action{signalIt}},
		sendDown:      {lastUp, []action{signalIt}},
		sendReload:    {lastUp, []action{signalIt}},
		groupSTOP:     {lastUp, []action{signalIt}},
		groupCONT:     {lastUp, []action{signalIt}},
		groupKILL:     {lastUp, []action{signalIt}},
		once:          {lastUp, []action{setWantDown}},
		wantDown:      {lastUp, []action{setWantDown, bringDown}},
		wantUp:        {lastUp, []action{setWantUp}},
		wantDownFor:   {lastUp, []action{makeDownFile, setWantDown, bringDown}},
		wantUpFor:     {lastUp, []action{removeDownFile, setWantUp}},
		leave:         {lastUp, []action{closeStdio}},
		atMostOnce:    {lastUp, []action{setWantDown}},
		failForGood:   {lastUp, []action{makeDownFile, setWantDown}},
	},
	lastFinish: {
		timeout:       {lastFinish, []action{killFinish}},
		died:          {down, []action{settle, quit}},
		started:       {lastFinish, nil},
		notStarted:    {lastFinish, nil},
		finishing:     {lastFinish, nil},
		nothingToDo:   {lastFinish, nil},
		asksTerm:      {lastFinish, nil},
		asksHangup:    {lastFinish, []action{closeStdio}},
		asksQuit:      {lastFinish, []action{quit}},
		asksInterrupt: {lastFinish, []action{interruptGroup, quit}},
		sendALRM:      {lastFinish, nil},
		sendABRT:      {lastFinish, nil},
		sendQUIT:      {lastFinish, nil},
		sendHUP:       {lastFinish, nil},
		sendKILL:      {lastFinish, nil},
		sendTERM:      {lastFinish, nil},
		sendINT:       {lastFinish, nil},
		sendUSR1:      {lastFinish, nil},
		sendUSR2:      {lastFinish, nil},
		sendSTOP:      {lastFinish, nil},
		sendCONT:      {lastFinish, nil},
		sendWINCH:     {lastFinish, nil},
		sendDown:      {lastFinish, nil},
		sendReload:    {lastFinish, nil},
		groupSTOP:     {lastFinish, nil},
		groupCONT:     {lastFinish, nil},
		groupKILL:     {lastFinish, nil},
		once:          {lastFinish, []action{setWantDown}},
		wantDown:      {lastFinish, []action{setWantDown}},
		wantUp:        {lastFinish, []action{setWantUp}},
		wantDownFor:   {lastFinish, []action{makeDownFile, setWantDown}},
		wantUpFor:     {lastFinish, []action{removeDownFile, setWantUp}},
		leave:         {lastFinish, []action{closeStdio}},
		atMostOnce:    {lastFinish, []action{setWantDown}},
		failForGood:   {lastFinish, []action{makeDownFile, setWantDown}},
	},
}
