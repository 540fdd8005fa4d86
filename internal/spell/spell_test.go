package spell

import "testing"

func TestDistance(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{
		{"", "", 0},
		{"", "abc", 3},
		{"s6-svc", "s6-svc", 0},
		{"s6-svc", "s6-scv", 1},
		{"S6_KEEPENV", "S6_KEEP_ENV", 1},
		{"S6_KEEP_ENVS", "S6_KEEP_ENV", 1},
		{"S6_KEPE_EVN", "S6_KEEP_ENV", 2},
		{"kitten", "sitting", 3},
	} {
		for _, got := range []int{Distance(tt.a, tt.b), Distance(tt.b, tt.a)} {
			if got != tt.want {
				t.Errorf("Distance(%q, %q) = %d; want %d", tt.a, tt.b, got, tt.want)
			}
		}
	}
}
