// The languages that code in a lesson may name: any other name is a block that is misspelled.

const LANGUAGES = [
  'text txt console sh bash shell powershell json jsonl yaml toml ini',
  'js javascript mjs ts typescript py python java c cpp csharp go rust',
  'kotlin swift ruby php lua http nginx haproxy diff pseudocode markdown',
].flatMap((names) => names.split(' '))

export const isCodeLanguage = (name: string): boolean => LANGUAGES.includes(name.toLowerCase())
