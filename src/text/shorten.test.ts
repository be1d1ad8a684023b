import { expect, test } from 'vitest';
import { plainMessage, shortened } from './shorten';

test('a long name keeps its beginning and its end', () => {
  expect(shortened('short.png')).toBe('short.png');
  expect(shortened('abcdefghij', 5)).toBe('ab…ij');
  expect([...shortened('👁'.repeat(100), 20)]).toHaveLength(20);
});

test('an address of 100 kB makes no message of 100 kB', () => {
  const long = 'unicorn '.repeat(12_500);
  const message = plainMessage(
    `"levels=${long}" is not understood; allowed: 2, 4. There is no setting "${'a'.repeat(1e5)}".`,
  );
  expect(message.length).toBeLessThan(700);
  expect(message).toMatch(/^"levels=unicorn .*…/);
  expect(plainMessage('x'.repeat(2e5)).length).toBeLessThan(200);
});

test('no code as base64 and no folder of whoever wrote a file', () => {
  const code = '4wIAAAAAAAAAAAAAAAIAAABTAAAA8w4AAACVAFUAUwAtBgAAGAC7AFMAKQH4oAEcAAAA';
  expect(plainMessage(`The layer "scale" holds code (${code}).`)).toBe('The layer "scale" holds code (…).');
  expect(plainMessage('Written by /home/maria.p/thesis/secret/train.py in Python.')).toBe(
    'Written by train.py in Python.',
  );
  expect(plainMessage(String.raw`C:\Users\Maria\thesis\net.py failed.`)).toBe('net.py failed.');
  const plain =
    'model.json refers to group1-shard1of1.bin, which is not among the files (at https://example.org/home/a/model.json).';
  expect(plainMessage(plain)).toBe(plain);
});
