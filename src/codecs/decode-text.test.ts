import { describe, expect, it } from 'vitest';
import { decodedText, textOfBlob } from './decode-text';

describe('a text', () => {
  // Encoded by Python: 'Käfer\n'.encode(...).
  it.each([
    ['UTF-8', [0x4b, 0xc3, 0xa4, 0x66, 0x65, 0x72, 0x0a]],
    ['UTF-8 with its mark', [0xef, 0xbb, 0xbf, 0x4b, 0xc3, 0xa4, 0x66, 0x65, 0x72, 0x0a]],
    ['the letters of old Windows', [0x4b, 0xe4, 0x66, 0x65, 0x72, 0x0a]],
    ['UTF-16', [0xff, 0xfe, 0x4b, 0, 0xe4, 0, 0x66, 0, 0x65, 0, 0x72, 0, 0x0a, 0]],
    ['UTF-16, the other way round', [0xfe, 0xff, 0, 0x4b, 0, 0xe4, 0, 0x66, 0, 0x65, 0, 0x72, 0, 0x0a]],
  ])('is read in %s', async (_, bytes) => {
    expect(decodedText(Uint8Array.from(bytes))).toBe('Käfer\n');
    expect(await textOfBlob(new Blob([Uint8Array.from(bytes)]))).toBe('Käfer\n');
  });
});
