import { afterEach, expect, test } from 'vitest';
import { counted, countedInEnglish } from './counted';
import { say, speak, spoken } from './say';

afterEach(() => speak('en'));

test('English is said as it stands, with what is put in', () => {
  expect(spoken()).toBe('en');
  expect(say('Close')).toBe('Close');
  expect(say('{name}, layer {layer} of {count}', { name: 'conv1', layer: 1, count: 12 })).toBe(
    'conv1, layer 1 of 12',
  );
  expect(say('Layer{part}', { part: undefined })).toBe('Layer');
  // What is put in is not looked through again.
  expect(say('{a}{b}', { a: '{b}', b: 'x' })).toBe('{b}x');
});

test('another language has its own order of words', () => {
  speak('zh', { 'Draw for {name}': '为{name}绘制', 'layer {layer} of {count}': '共{count}层，第{layer}层' });
  expect(say('Draw for {name}', { name: 'conv1' })).toBe('为 conv1 绘制');
  expect(say('layer {layer} of {count}', { layer: 2, count: 12 })).toBe('共 12 层，第 2 层');
  // Where nothing is put in between, too.
  speak('zh', { '{lies}, of it {least}{share}': '{lies}，其中{least}{share}' });
  expect(say('{lies}, of it {least}{share}', { lies: 'x', least: '', share: '95 %' })).toBe('x，其中 95 %');
  expect(say('No words for this')).toBe('No words for this');
  expect(say('nor for {this}', { this: 1 })).toBe('nor for 1');
});

test('a sentence put together elsewhere is found by the text it was made of, the narrowest first', () => {
  speak('zh', {
    '{name} could not be opened: {reason}': '无法打开 {name}：{reason}',
    '{name} could not be opened: it is empty.': '无法打开 {name}：文件是空的。',
    'it has {count} of (4) parts.': '它只有 {count} 部分（共 4 部分）。',
    '{a} {b}': 'never',
    '{a} of {b}': 'never',
  });
  expect(say('a.onnx could not be opened: it is empty.')).toBe('无法打开 a.onnx：文件是空的。');
  expect(say('a.onnx could not be opened: it has 3 of (4) parts.')).toBe(
    '无法打开 a.onnx：它只有 3 部分（共 4 部分）。',
  );
  expect(say('two words')).toBe('two words');
  expect(say('The way of all words')).toBe('The way of all words');
});

test('what a sentence was put together from is said in turn, names apart', () => {
  speak('zh', {
    'Layer "{name}" {what}.': '层 "{name}"：{what}。',
    'reads {inputs} of the {kind}': '读取{kind}的{inputs}',
    'The file is damaged.': '文件已损坏。',
    'Save it again.': '请重新保存。',
    'from {first} to {last}': '从 {first} 到 {last}',
    'holds {what}{more}.': '含有 {what}{more}。',
    ' and others': '等',
    picture: '图像',
    '# input': '# 个输入',
    '# axis': '# 个轴',
    '{what} failed: {reason}': '{what} 失败：{reason}',
  });
  // A name in straight quotes is the same in every language, a number with its noun is not.
  expect(say('Layer "picture" reads 3 inputs of the picture.')).toBe('层 "picture"：读取图像的 3 个输入。');
  expect(say('2 axes')).toBe('2 个轴');
  // Several sentences, and one behind the name of a file.
  expect(say('The file is damaged. Save it again.')).toBe('文件已损坏。请重新保存。');
  expect(say('a.png: The file is damaged. Try more.')).toBe('a.png：文件已损坏。Try more.');
  // A part may be left out; a text of few letters is not found in sentences that were not made of it.
  expect(say('holds x.')).toBe('含有 x。');
  expect(say('holds x and others.')).toBe('含有 x 等。');
  expect(say('from 1 to 9')).toBe('从 1 到 9');
  expect(say('All that goes on from here leads to nothing')).toBe(
    'All that goes on from here leads to nothing',
  );
  // Reasons were told elsewhere.
  expect(say('{what} failed: {reason}', { what: 'picture', reason: 'The file is damaged.' })).toBe(
    'picture 失败：文件已损坏。',
  );
});

test('a counted noun is one text, whatever the number', () => {
  expect(counted(1, 'layer')).toBe('1 layer');
  speak('zh', { '# layer': '# 层' });
  expect(counted(1, 'layer')).toBe('1 层');
  expect(counted(1200, 'layer')).toBe('1,200 层');
  expect(counted(2, 'sign')).toBe('2 signs');
  // A document that is in English stays so.
  expect(countedInEnglish(2, 'layer')).toBe('2 layers');
});
