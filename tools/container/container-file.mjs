/** A container file that says what is not understood here; a sentence. */
export class ContainerFileError extends Error {
  name = 'ContainerFileError';
}

/**
 * Reads a container file, as far as deploy/Dockerfile goes: anything else is refused, so that no step is passed over.
 * @returns its stages, the last of which is the image
 * @throws ContainerFileError
 */
export function parseContainerFile(text) {
  const stages = [];
  for (const line of instructions(text)) {
    const [, word, rest] = /^([A-Z]+)\s+(.*)$/s.exec(line) ?? [];
    if (word === 'FROM') {
      const [, from, , name] = /^(\S+)(\s+AS\s+(\S+))?$/i.exec(rest) ?? [];
      if (!from) throw new ContainerFileError(`"${line}" names no image.`);
      stages.push({ from, name: name ?? null, steps: [] });
      continue;
    }
    const stage = stages.at(-1);
    if (!stage) throw new ContainerFileError(`"${line}" stands before any FROM.`);
    stage.steps.push(stepOf(word, rest, line));
  }
  if (stages.length === 0) throw new ContainerFileError('There is no FROM.');
  return stages;
}

function stepOf(word, rest, line) {
  switch (word) {
    case 'RUN':
      return { kind: 'run', command: rest };
    case 'WORKDIR':
      return { kind: 'workdir', folder: rest };
    case 'ENV':
      return { kind: 'env', values: Object.fromEntries(rest.split(/\s+/).map((each) => pairOf(each, line))) };
    case 'COPY': {
      const [, stage, paths] = /^(?:--from=(\S+)\s+)?(.*)$/.exec(rest) ?? [];
      const words = paths.split(/\s+/);
      const to = words.pop();
      if (words.length === 0 || paths.includes('--'))
        throw new ContainerFileError(`"${line}" is not understood.`);
      return { kind: 'copy', stage: stage ?? null, from: words, to };
    }
    case 'ENTRYPOINT':
    case 'CMD':
      return { kind: word.toLowerCase(), words: wordsOf(rest, line) };
    default:
      throw new ContainerFileError(`"${line}" is not understood.`);
  }
}

function pairOf(text, line) {
  const [, name, value] = /^(\w+)=(\S*)$/.exec(text) ?? [];
  if (!name) throw new ContainerFileError(`"${line}" sets no variables.`);
  return [name, value];
}

function wordsOf(text, line) {
  try {
    const words = JSON.parse(text);
    if (Array.isArray(words) && words.every((word) => typeof word === 'string')) return words;
  } catch {
    // Said below.
  }
  throw new ContainerFileError(`"${line}" is to be a list of words in JSON.`);
}

/** Lines without comments, those that end in a backslash with what follows them. */
function instructions(text) {
  const lines = text.split('\n').filter((line) => !/^\s*#/.test(line));
  return lines
    .join('\n')
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

/**
 * What is not copied into an image: paths as they stand, without patterns.
 * @throws ContainerFileError
 */
export function parseIgnored(text) {
  const paths = text.split('\n').filter((line) => line && !line.startsWith('#'));
  const pattern = paths.find((each) => /[*?!]/.test(each));
  if (pattern) throw new ContainerFileError(`${pattern}: patterns are not understood here.`);
  return paths;
}

/** The command of the first container of a Kubernetes manifest that is run by a shell: its script. */
export function scriptIn(manifest) {
  const [, indent, script] = /^( *)- \|\n((?: +.*\n)+)/m.exec(manifest) ?? [];
  if (script === undefined) throw new ContainerFileError('The manifest has no script.');
  const lines = script.split('\n').filter((line) => line.startsWith(`${indent}  `));
  return lines.map((line) => line.trim()).join('\n');
}
