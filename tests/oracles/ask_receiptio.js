// Prints a text on a printer with receiptio and says what came of it. Usage: ask_receiptio.js ADDRESS TEXT
// With -q instead of a text it only asks how the printer is.
const receiptio = require('receiptio');
const [address, text] = process.argv.slice(2);
const options = `-d ${address} -p escpos -c 48 -l zh-hans -t 20` + (text === '-q' ? ' -q' : '');
receiptio.print(text === '-q' ? '' : text, options).then((result) => console.log(result));
