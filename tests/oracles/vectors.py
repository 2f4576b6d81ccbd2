"""A second opinion on the bridge's vectors: frames built and checked by other people's libraries.

Prints a line for each row looked at; ends with 1 at the first that differs."""

import pathlib
import sys

from alphasign.command import Command
from alphasign.packet import Packet
from crccheck.crc import CrcArc, CrcModbus
from pymodbus.framer import FramerRTU
from pymodbus.pdu import DecodePDU

FOLDER = pathlib.Path(sys.argv[1])
ESCAPES = {(0xA6, 1): 0xA6, (0xA6, 2): 0xA5, (0x5B, 1): 0x5B, (0x5B, 2): 0x5A}


def rows(name):
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            way, address, meaning, hexed, _source = [cell.strip() for cell in line.split("|")]
            yield way, int(address), meaning, bytes.fromhex(hexed)


def onbon(frame):
    """Header, data and check without leads, end and escapes."""
    body, plain, at = frame.lstrip(b"\xa5")[:-1], bytearray(), 0
    while at < len(body):
        if body[at] in (0xA6, 0x5B):
            plain.append(ESCAPES[body[at], body[at + 1]])
            at += 1
        else:
            plain.append(body[at])
        at += 1
    return bytes(plain)


def look(name, judge):
    for way, address, meaning, frame in rows(name):
        wrong = judge(way, address, meaning, frame)
        if wrong:
            sys.exit(f"{name}: {way} {meaning}: {wrong}")
        print(f"{name}: {way} {meaning}")


def judge_onbon(_way, _address, _meaning, frame):
    plain = onbon(frame)
    told = int.from_bytes(plain[-2:], "little")
    found = CrcArc.calc(plain[:-2])
    length = int.from_bytes(plain[12:14], "little")
    if length != len(plain) - 16:
        return f"the length says {length}"
    return None if told == found else f"check {told:04X}, crccheck says {found:04X}"


def judge_alpha(way, address, meaning, frame):
    text = meaning.split()[-1]
    packet = Packet(address=f"{address:02X}")
    command = Command.write_text(text, position=" ", mode="b")
    command.checksum = True
    packet.add_command(command)
    # Its FF are marks for a pause and are not sent.
    built = packet.to_bytes().replace(b"\xff", b"")
    return None if built == frame else f"alphasign builds {built.hex(' ')}"


def judge_modbus(way, address, meaning, frame):
    if CrcModbus.calc(frame[:-2]) != int.from_bytes(frame[-2:], "little"):
        return "crccheck says another check"
    # Its own decoder of requests or of answers.
    framer = FramerRTU(DecodePDU(way == "out"))
    used, unit, _transaction, pdu = framer.decode(frame)
    if (used, unit) != (len(frame), address):
        return f"pymodbus reads {used} bytes of unit {unit}"
    decoded = DecodePDU(way == "out").decode(pdu)
    if decoded is None:
        return "pymodbus knows no such frame"
    if way == "out" and "A023" in meaning and decoded.registers != [0x4130, 0x3233]:
        return f"pymodbus reads {decoded.registers}"
    return None


def judge_described(_way, _address, _meaning, frame):
    told = int.from_bytes(frame[-2:], "little")
    return None if told == CrcModbus.calc(frame[:-2]) else "crccheck says another check"


look("strip-bx5k", judge_onbon)
look("screen-bx5k", judge_onbon)
look("sign-alpha", judge_alpha)
look("digits-modbus", judge_modbus)
look("digits-modbus-text", judge_modbus)
look("pad-example", judge_described)
