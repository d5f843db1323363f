package sshauth

import (
	"context"
	"fmt"
)

// A Person answers prompts. There is one answer to each question.
type Person func(ctx context.Context, p *Prompt) (answers []string, err error)

// Ask asks, and makes sure that there is an answer to each question.
func (person Person) Ask(ctx context.Context, p *Prompt) ([]string, error) {
	answers, err := person(ctx, p)
	if err != nil {
		return nil, fmt.Errorf("prompt: %w", err)
	}
	if len(answers) != len(p.Questions) {
		return nil, fmt.Errorf("prompt: %d answers to %d questions", len(answers), len(p.Questions))
	}
	return answers, nil
}

// A Prompt is something to ask a person.
type Prompt struct {
	Kind      Kind
	Host      string // who wants to know: user@host:port
	Text      string // is shown before the questions
	Questions []Question
}

// A Question is one line of a Prompt.
type Question struct {
	Text string
	Echo bool // the answer is no secret
}

// A Kind says what a prompt is for.
type Kind int

// Kinds of prompts.
const (
	Passphrase Kind = iota // of a key file; the answer never leaves this machine
	Password               // of the user on the far machine
	Questions              // what the server wants to know: keyboard-interactive
	HostKey                // whether a new host is to be trusted: yes, no or its fingerprint
)
