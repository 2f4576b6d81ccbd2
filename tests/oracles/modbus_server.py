"""A digit display as pymodbus makes one: unit 1 on a serial port; prints register 0088 as it changes."""

import asyncio
import sys

from pymodbus.datastore import ModbusDeviceContext, ModbusSequentialDataBlock, ModbusServerContext
from pymodbus.framer import FramerType
from pymodbus.server import ModbusSerialServer

REGISTER = 0x88


async def watch(block):
    shown = None
    while True:
        value = block.getValues(REGISTER + 1, 1)[0]
        if value != shown:
            shown = value
            print(value, flush=True)
        await asyncio.sleep(0.02)


async def serve():
    block = ModbusSequentialDataBlock(0, [0] * 0x100)
    context = ModbusServerContext(devices={1: ModbusDeviceContext(hr=block)}, single=False)
    server = ModbusSerialServer(context, framer=FramerType.RTU, port=sys.argv[1], baudrate=9600)
    await asyncio.gather(server.serve_forever(), watch(block))


asyncio.run(serve())
