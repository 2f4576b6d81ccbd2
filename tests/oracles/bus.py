"""Window 1 on a line, made from the page about the bytes alone: a call pad and an evaluator that speak
FF 68, a strip that speaks A0 90, and a QM strip with number 2 that only listens.

Argument: a serial port. Reads orders from standard input, a line each: `press 0C`, `press 06 0F`,
`grade 04`, `lose` (the next acknowledgement is not heard), `noise FF 68`. Prints what the devices
see, a line each: `strip TEXT`, `qm TEXT`, `pad 0A 0A 0A 00 00 01`, `beep`, `asks`, `acked`, `given up`,
and `bad …` for bytes that no maker's page knows."""

import queue
import sys
import threading
import time

import serial

PAD, EVALUATOR, BAR, QM = 0x01, 0x81, 0x01, 2
ACK_WAITS, TRIES = 0.4, 3

port = serial.Serial(sys.argv[1], 9600, timeout=0.01)
orders = queue.Queue(maxsize=100)


def say(*words):
    print(*words, flush=True)


def ff68(addr, func, *data):
    body = bytes([addr, func, *data])
    length = len(body)
    return bytes([0xFF, 0x68, length, length, 0x68]) + body + bytes([sum(body) % 256, 0x16])


def xor(body):
    check = 0
    for byte in body:
        check ^= byte
    return check


class Devices:
    def __init__(self):
        self.held = b""
        self.saying = None  # frame, the answer it waits for, tries, until
        self.loses = 0

    def press(self, frame, answer):
        self.saying = [frame, answer, 0, 0.0]

    def tick(self):
        if self.saying is None or time.monotonic() < self.saying[3]:
            return
        if self.saying[2] == TRIES:
            self.saying = None
            say("given up")
            return
        self.saying[2] += 1
        self.saying[3] = time.monotonic() + ACK_WAITS
        port.write(self.saying[0])

    def take(self, data):
        self.held += data
        while self.held and self.step():
            pass

    def step(self):
        """Takes one frame or one byte off; false if more must come."""
        held = self.held
        if held[0] == 0xFF:
            if len(held) < 2 or held[1] == 0x68 and len(held) < 5:
                return False
            if held[1] == 0x68 and held[2] == held[3] and held[4] == 0x68:
                whole = held[2] + 7
                if len(held) < whole:
                    return False
                frame = held[:whole]
                if frame[-1] == 0x16 and frame[-2] == sum(frame[5:-2]) % 256:
                    self.held = held[whole:]
                    self.ff68(frame)
                    return True
        if held[0] == 0xA0:
            if len(held) < 2 or held[1] == 0x90 and len(held) < 6:
                return False
            if held[1] == 0x90:
                whole = held[4] * 256 + held[5] + 7
                if len(held) < whole:
                    return False
                frame = held[:whole]
                if frame[-1] == xor(frame[2:-1]):
                    self.held = held[whole:]
                    self.bar(frame)
                    return True
        if held[0] == 255 - QM:
            if len(held) < 69:
                return False
            frame = held[:69]
            if frame[-1] == sum(frame[1:-1]) % 256:
                self.held = held[69:]
                say("qm", letters(frame[8:68], leading=True))
                return True
        say("bad", held[:12].hex(" "))
        self.held = held[1:]
        return True

    def ff68(self, frame):
        if self.saying and frame == self.saying[1]:
            if self.loses:
                self.loses -= 1
                return
            self.saying = None
            say("acked")
            return
        addr, func, data = frame[5], frame[6], frame[7:-2]
        if addr == PAD and func == 0x02:
            say("pad", data.hex(" ").upper())
        elif addr == PAD and func == 0x03 and not data:
            say("beep")
        elif addr == EVALUATOR and func == 0x01 and data == b"\x0b":
            say("asks")
        elif func == 0x01:
            say("again")  # an acknowledgement of what was acknowledged
        else:
            say("bad", frame.hex(" "))

    def bar(self, frame):
        if frame[2] != BAR:
            return
        if frame[3] == 0xA5:
            say("strip", letters(frame[6:-1], leading=False))
        elif frame[3] == 0xA2:
            say("bad: into its memory", frame.hex(" "))
        port.write(bytes([0xA0, 0x90, BAR, 0xA5, 0xAA]))


def letters(data, leading):
    """A character and its colour; the colour comes first on a QM strip, behind it on an A0 90 one."""
    text, at = b"", 0
    while at < len(data):
        if leading and data[at] == 0:
            break  # the rest of a QM frame is empty
        first = at + 1 if leading else at
        wide = first < len(data) and data[first] >= 0x80
        text += data[first : first + (2 if wide else 1)]
        at += 3 if wide else 2
    return text.decode("gbk", "replace").strip()


def read_orders():
    for line in sys.stdin:
        orders.put(line.split())


threading.Thread(target=read_orders, daemon=True).start()
devices = Devices()
say("ready")
while True:
    devices.take(port.read(64))
    devices.tick()
    if devices.saying is None and not orders.empty():
        word, *data = orders.get()
        data = [int(byte, 16) for byte in data]
        if word == "press":
            devices.press(ff68(PAD, 0x01, *data), ff68(PAD, 0x01, *data))
        elif word == "grade":
            devices.press(ff68(EVALUATOR, 0x11, *data), ff68(EVALUATOR, 0x01, *data))
        elif word == "lose":
            devices.loses += 1
        elif word == "noise":
            port.write(bytes(data))
