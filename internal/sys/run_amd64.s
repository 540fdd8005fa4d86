#include "textflag.h"

// func runSteps(clone uintptr, pidfd *int32, steps *step, n uintptr, res *result) (r uintptr)
//
// With clone != 0 the steps run in a new process that shares our memory and
// keeps this thread waiting until it has executed a program or exited; they
// touch no stack, because the stack is ours. With clone == 0 they run here.
// The result is what clone returned, or 0 when no program was executed.
// Offsets into step and result: program.go.
TEXT ·runSteps(SB), NOSPLIT, $0-48
	MOVQ	steps+16(FP), R12
	MOVQ	n+24(FP), R13
	MOVQ	res+32(FP), BX
	XORQ	R15, R15		// index of the step
	MOVQ	clone+0(FP), DI
	TESTQ	DI, DI
	JZ	loop
	XORQ	SI, SI			// stack: ours
	MOVQ	pidfd+8(FP), DX
	XORQ	R10, R10
	XORQ	R8, R8
	XORQ	R9, R9
	MOVQ	$56, AX			// SYS_clone
	SYSCALL
	TESTQ	AX, AX
	JZ	loop
	MOVQ	AX, r+40(FP)
	RET
loop:
	CMPQ	R15, R13
	JGE	done
	MOVQ	0(R12), AX
	MOVQ	8(R12), DI
	MOVQ	16(R12), SI
	MOVQ	24(R12), DX
	MOVQ	32(R12), R10
	MOVQ	40(R12), R8
	MOVQ	48(R12), R9
	SYSCALL
	CMPQ	AX, $0xfffffffffffff001
	JCS	success
	NEGQ	AX
	MOVQ	56(R12), CX		// errors to go on after
	CMPQ	CX, $-1
	JEQ	next
	CMPQ	AX, $2			// ENOENT never hides an earlier error
	JNE	record
	CMPL	0(BX), $0
	JNE	recorded
record:
	MOVL	AX, 0(BX)
	MOVL	R15, 4(BX)
recorded:
	CMPQ	AX, $64
	JGE	done
	BTQ	AX, CX
	JCC	done
next:
	ADDQ	$64, R12
	INCQ	R15
	JMP	loop
success:
	CMPQ	0(R12), $56		// SYS_clone, and we are the parent: leave
	JNE	next
	TESTQ	AX, AX
	JZ	next
	MOVL	AX, 12(BX)
	XORQ	DI, DI
	MOVQ	$231, AX		// SYS_exit_group
	SYSCALL
done:
	MOVL	$1, 8(BX)		// no program was executed
	MOVQ	clone+0(FP), DI
	TESTQ	DI, DI
	JZ	here
	MOVQ	$127, DI
	MOVQ	$231, AX		// SYS_exit_group
	SYSCALL
here:
	MOVQ	$0, r+40(FP)
	RET

// The signal handler: caught |= 1<<(sig-1), then one more on the eventfd.
TEXT ·handler(SB), NOSPLIT|NOFRAME, $0
	LEAQ	-1(DI), CX
	MOVQ	$1, AX
	SHLQ	CX, AX
	LEAQ	·caught(SB), DX
	LOCK
	ORQ	AX, 0(DX)
	MOVLQSX	·wake(SB), DI
	LEAQ	·one(SB), SI
	MOVQ	$8, DX
	MOVQ	$1, AX			// SYS_write
	SYSCALL
	RET

TEXT ·restorer(SB), NOSPLIT|NOFRAME, $0
	MOVQ	$15, AX			// SYS_rt_sigreturn
	SYSCALL
	INT	$3

TEXT ·handlerPC(SB), NOSPLIT, $0-8
	LEAQ	·handler(SB), AX
	MOVQ	AX, ret+0(FP)
	RET

TEXT ·restorerPC(SB), NOSPLIT, $0-8
	LEAQ	·restorer(SB), AX
	MOVQ	AX, ret+0(FP)
	RET

DATA ·one+0(SB)/8, $1
GLOBL ·one(SB), RODATA|NOPTR, $8
