"""What python-escpos sends for the same wish, as hex. Usage: ask_escpos.py WISH ARGUMENT..."""
import contextlib
import sys
import warnings

warnings.simplefilter("ignore")
from escpos.printer import Dummy  # noqa: E402
from PIL import Image  # noqa: E402


def wish(printer, name, arguments):
    if name == "qr":
        payload, size = arguments
        printer.qr(payload, native=True, size=int(size), ec=1)
    elif name == "cut":
        mode, feed = arguments
        printer.cut(mode=mode, feed=feed == "feed")
    elif name == "drawer":
        printer.cashdraw(2)
    elif name == "raster":
        printer.image(Image.open(arguments[0]).convert("L"), impl="bitImageRaster")
    else:
        raise SystemExit(f"no wish is called {name}")


printer = Dummy()
# It talks while it works; only the bytes are the answer.
with contextlib.redirect_stdout(sys.stderr):
    wish(printer, sys.argv[1], sys.argv[2:])
print(printer.output.hex())
