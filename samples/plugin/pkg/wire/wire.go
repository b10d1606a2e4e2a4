// Package wire reads and writes the protobuf encoding, as far as this plugin's messages need it: numbers and strings.
package wire

import (
	"encoding/binary"
	"errors"
	"unicode/utf8"
)

// The wire types of https://protobuf.dev/programming-guides/encoding/ that are still in use.
const (
	varint  = 0
	fixed64 = 1
	bytes   = 2
	fixed32 = 5
)

var errMalformed = errors.New("not a protobuf message")

// AppendVarint appends field number field with the value of an integer, bool or enum.
func AppendVarint(message []byte, field int, value uint64) []byte {
	message = binary.AppendUvarint(message, uint64(field)<<3|varint)
	return binary.AppendUvarint(message, value)
}

// AppendString appends field number field with the value of a string.
func AppendString(message []byte, field int, value string) []byte {
	message = binary.AppendUvarint(message, uint64(field)<<3|bytes)
	message = binary.AppendUvarint(message, uint64(len(value)))
	return append(message, value...)
}

// String returns a string field of message: "" when it is absent, the last one when it is repeated, as protobuf wants.
// Fields it was not asked for are skipped, so that callers may be newer than we are.
func String(message []byte, field int) (string, error) {
	found := ""
	for len(message) > 0 {
		tag, n := binary.Uvarint(message)
		if n <= 0 {
			return "", errMalformed
		}
		message = message[n:]

		head, size := 0, uint64(0) // bytes before the value (its length, if it has one), bytes of the value
		switch tag & 7 {
		case varint:
			_, n := binary.Uvarint(message)
			if n <= 0 {
				return "", errMalformed
			}
			size = uint64(n)
		case fixed64:
			size = 8
		case bytes:
			if size, head = binary.Uvarint(message); head <= 0 {
				return "", errMalformed
			}
		case fixed32:
			size = 4
		default:
			return "", errMalformed
		}
		if size > uint64(len(message)-head) {
			return "", errMalformed
		}
		value := message[head : head+int(size)]
		message = message[head+int(size):]

		if tag == uint64(field)<<3|bytes {
			if !utf8.Valid(value) {
				return "", errors.New("a string is not UTF-8")
			}
			found = string(value)
		}
	}
	return found, nil
}
