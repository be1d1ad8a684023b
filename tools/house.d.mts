export function roomOf(file: string): string;
export function readTable(markdown: string): Map<string, string[]>;
export function readImports(files: Map<string, string>, withTypes?: boolean): Map<string, string[]>;
export function forbidden(imports: Map<string, string[]>, table: Map<string, string[]>): string[];
export function unused(imports: Map<string, string[]>, table: Map<string, string[]>): string[];
export function circles(imports: Map<string, string[]>): string[][];
export function wayTo(
  imports: Map<string, string[]>,
  from: string,
  isGoal: (to: string) => boolean,
): string[] | null;
export function crowdedFolders(files: Iterable<string>, most?: number): string[];
export function sameNames(files: Iterable<string>): string[];
export function ownerless(files: Map<string, string>): string[];
export function globalSheets(sheets: Iterable<string>): string[];
export function unknownClasses(components: Map<string, string>, sheets: Map<string, string>): string[];
export function faults(): string[];
