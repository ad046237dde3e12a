// A zip of texts, uncompressed: a few lines instead of a library that every visitor would load.

const TABLE = Uint32Array.from({length: 256}, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n;
});

function crc(bytes) {
  let sum = -1;
  for (const byte of bytes) sum = TABLE[(sum ^ byte) & 255] ^ (sum >>> 8);
  return ~sum >>> 0;
}

// files: path -> text. The same files give the same bytes: every entry is of 1 January 1980.
export function zipped(files) {
  const parts = [], central = [], encoder = new TextEncoder();
  let offset = 0;
  for (const [path, text] of Object.entries(files)) {
    const name = encoder.encode(path), data = encoder.encode(text);
    const head = new DataView(new ArrayBuffer(26));
    head.setUint16(0, 20, true);
    head.setUint16(2, 0x800, true); // names are UTF-8
    head.setUint16(8, 33, true);
    head.setUint32(10, crc(data), true);
    head.setUint32(14, data.length, true);
    head.setUint32(18, data.length, true);
    head.setUint16(22, name.length, true);
    const common = new Uint8Array(head.buffer);
    const local = joined([0x50, 0x4b, 3, 4], common, name, data);
    const tail = new DataView(new ArrayBuffer(14));
    tail.setUint32(10, offset, true);
    central.push(joined([0x50, 0x4b, 1, 2, 20, 0], common, new Uint8Array(tail.buffer), name));
    parts.push(local);
    offset += local.length;
  }
  const index = joined(...central), end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, central.length, true);
  end.setUint16(10, central.length, true);
  end.setUint32(12, index.length, true);
  end.setUint32(16, offset, true);
  return joined(...parts, index, new Uint8Array(end.buffer));
}

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { whole.set(part, at); at += part.length; }
  return whole;
}
