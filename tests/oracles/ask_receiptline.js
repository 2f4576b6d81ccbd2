// The bytes that receiptline makes of a text, as hex. Usage: ask_receiptline.js TEXT
const receiptline = require('receiptline');
const bytes = receiptline.transform(process.argv[2], { cpl: 48, encoding: 'gb18030', command: 'escpos' });
console.log(Buffer.from(bytes, 'binary').toString('hex'));
