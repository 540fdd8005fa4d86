#include "textflag.h"

// See run_amd64.s. R18 is the platform's, R26 to R28 the assembler's and Go's.

// func runSteps(clone uintptr, pidfd *int32, steps *step, n uintptr, res *result) (r uintptr)
TEXT ·runSteps(SB), NOSPLIT, $0-48
	MOVD	steps+16(FP), R19
	MOVD	n+24(FP), R20
	MOVD	res+32(FP), R21
	MOVD	$0, R22			// index of the step
	MOVD	clone+0(FP), R23
	CBZ	R23, loop
	MOVD	R23, R0
	MOVD	$0, R1			// stack: ours
	MOVD	pidfd+8(FP), R2
	MOVD	$0, R3
	MOVD	$0, R4
	MOVD	$0, R5
	MOVD	$220, R8		// SYS_clone
	SVC
	CBZ	R0, loop
	MOVD	R0, r+40(FP)
	RET
loop:
	CMP	R20, R22
	BGE	done
	MOVD	0(R19), R8
	MOVD	8(R19), R0
	MOVD	16(R19), R1
	MOVD	24(R19), R2
	MOVD	32(R19), R3
	MOVD	40(R19), R4
	MOVD	48(R19), R5
	SVC
	CMN	$4095, R0
	BCC	success
	NEG	R0, R0
	MOVD	56(R19), R9		// errors to go on after
	CMN	$1, R9
	BEQ	next
	CMP	$2, R0			// ENOENT never hides an earlier error
	BNE	record
	MOVWU	0(R21), R10
	CBNZ	R10, recorded
record:
	MOVW	R0, 0(R21)
	MOVW	R22, 4(R21)
recorded:
	CMP	$64, R0
	BGE	done
	LSR	R0, R9, R9
	TBZ	$0, R9, done
next:
	ADD	$64, R19
	ADD	$1, R22
	B	loop
success:
	MOVD	0(R19), R9
	CMP	$220, R9		// SYS_clone, and we are the parent: leave
	BNE	next
	CBZ	R0, next
	MOVW	R0, 12(R21)
	MOVD	$0, R0
	MOVD	$94, R8			// SYS_exit_group
	SVC
done:
	MOVD	$1, R10			// no program was executed
	MOVW	R10, 8(R21)
	CBZ	R23, here
	MOVD	$127, R0
	MOVD	$94, R8			// SYS_exit_group
	SVC
here:
	MOVD	$0, R0
	MOVD	R0, r+40(FP)
	RET

// The signal handler: caught |= 1<<(sig-1), then one more on the eventfd.
TEXT ·handler(SB), NOSPLIT|NOFRAME, $0
	SUB	$1, R0, R0
	MOVD	$1, R1
	LSL	R0, R1, R1
	MOVD	$·caught(SB), R2
again:
	LDAXR	(R2), R3
	ORR	R1, R3, R3
	STLXR	R3, (R2), R4
	CBNZ	R4, again
	MOVW	·wake(SB), R0
	MOVD	$·one(SB), R1
	MOVD	$8, R2
	MOVD	$64, R8			// SYS_write
	SVC
	RET

// The kernel's own trampoline returns from handlers; SA_RESTORER is not used.
TEXT ·restorer(SB), NOSPLIT|NOFRAME, $0
	MOVD	$139, R8		// SYS_rt_sigreturn
	SVC
	UNDEF

TEXT ·handlerPC(SB), NOSPLIT, $0-8
	MOVD	$·handler(SB), R0
	MOVD	R0, ret+0(FP)
	RET

TEXT ·restorerPC(SB), NOSPLIT, $0-8
	MOVD	$·restorer(SB), R0
	MOVD	R0, ret+0(FP)
	RET

DATA ·one+0(SB)/8, $1
GLOBL ·one(SB), RODATA|NOPTR, $8
