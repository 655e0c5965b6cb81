"use strict";
// Proof of work for forms that make accounts: finds a nonce of eight bytes so that
// SHA-256(challenge + nonce) begins with the asked number of zero bits. Own SHA-256,
// because asking the browser's for each of 260,000 tiny messages is many times slower.
(() => {
  const CHUNK = 8192;

  // The round constants, from the cube roots of the first 64 primes.
  const K = new Int32Array(64);
  const START = new Int32Array(8);
  for (let n = 2, found = 0; found < 64; n++) {
    let prime = true;
    for (let d = 2; d * d <= n; d++) if (n % d === 0) { prime = false; break; }
    if (!prime) continue;
    if (found < 8) START[found] = ((n ** (1 / 2)) % 1) * 4294967296;
    K[found++] = ((n ** (1 / 3)) % 1) * 4294967296;
  }

  const w = new Int32Array(64);

  // The first 32 bits of the hash of one 64-byte block, already padded.
  function firstWord(block) {
    w.set(block);
    for (let i = 16; i < 64; i++) {
      const x = w[i - 15], y = w[i - 2];
      const s0 = (x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ x >>> 3;
      const s1 = (y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ y >>> 10;
      w[i] = w[i - 16] + s0 + w[i - 7] + s1 | 0;
    }
    let [a, b, c, d, e, f, g, h] = START;
    for (let i = 0; i < 64; i++) {
      const s1 = (e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7);
      const t1 = h + s1 + (e & f ^ ~e & g) + K[i] + w[i] | 0;
      const s0 = (a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10);
      const t2 = s0 + (a & b ^ a & c ^ b & c) | 0;
      h = g; g = f; f = e; e = d + t1 | 0; d = c; c = b; b = a; a = t1 + t2 | 0;
    }
    return START[0] + a | 0;
  }

  // Challenge and room for the nonce as one padded block of words. The challenge is a
  // whole number of words; of the nonce only the last word, at `place`, ever changes.
  function blockOf(hex) {
    const words = new Int32Array(16);
    const length = hex.length / 8;
    for (let i = 0; i < length; i++) words[i] = parseInt(hex.slice(8 * i, 8 * i + 8), 16);
    words[length + 2] = 0x80000000;
    words[15] = (length + 2) * 32;
    return { words, place: length + 1 };
  }

  // Counts on from `tried`; returns the nonce as hex, or nothing when the chunk is done.
  function search(work, tried) {
    for (let n = tried; n < tried + CHUNK; n++) {
      work.words[work.place] = n;
      if (Math.clz32(firstWord(work.words)) >= work.bits) return n.toString(16).padStart(16, "0");
    }
    return "";
  }

  function run(form) {
    const work = { ...blockOf(form.dataset.work), bits: Number(form.dataset.bits) };
    const progress = form.querySelector("progress");
    const submit = form.querySelector("button:not([type=button])");
    const channel = new MessageChannel();
    let tried = 0;
    if (progress) progress.hidden = false;
    // Where somebody is in haste it goes on meanwhile, and the form may be sent without it.
    submit.disabled = !("meanwhile" in form.dataset);
    channel.port1.onmessage = () => {
      const nonce = search(work, tried);
      tried += CHUNK;
      if (progress) progress.value = nonce ? 1 : 1 - Math.exp(-tried / 2 ** work.bits);
      if (!nonce) return channel.port2.postMessage(0);
      form.elements.nonce.value = nonce;
      submit.disabled = false;
      if (progress) progress.hidden = true;
    };
    channel.port2.postMessage(0);
  }

  for (const form of document.querySelectorAll("form[data-work]")) run(form);
})();
