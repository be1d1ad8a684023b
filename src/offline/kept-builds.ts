import type { PageFile, PageFiles } from './page-files';

/**
 * Builds of the page kept in Cache Storage: every file once, under its hash, however many builds it belongs to, and one list of the
 * builds. What a page of an older build needs stays until no page of it is open.
 */
const cacheName = 'supersign-builds';

/** Files as they came from the network, by their address, until the build they belong to is kept whole. */
export const seenCache = 'supersign-files';

/** A build of which at least some files are kept. */
export interface KeptBuild extends PageFiles {
  /** When it was first seen here, in milliseconds since 1970. */
  since: number;
}

/** @param scope address of the page's folder; several pages of one host share its storage */
export function keptBuilds(caches: CacheStorage, scope: string) {
  const opened = () => caches.open(cacheName);
  const listKey = new URL('kept/builds.json', scope).href;
  const keyOf = ({ sha256 }: PageFile) => new URL(`kept/${encodeURIComponent(sha256)}`, scope).href;

  const builds = async (): Promise<KeptBuild[]> => {
    const kept = await (await opened()).match(listKey);
    return kept ? kept.json() : [];
  };

  const writeBuilds = async (list: readonly KeptBuild[]) =>
    (await opened()).put(listKey, new Response(JSON.stringify(list)));

  /** Keys of all files that are kept, of whatever build. */
  const keys = async () => new Set((await (await opened()).keys()).map(({ url }) => url));

  /** Other pages of the same host have theirs. */
  const forget = async (cache: Cache, needed: ReadonlySet<string>) => {
    for (const { url } of await cache.keys()) {
      if (url.startsWith(scope) && !needed.has(url)) await cache.delete(url);
    }
  };

  const isWhole = ({ files }: PageFiles, kept: ReadonlySet<string>) =>
    files.every((file) => kept.has(keyOf(file)));

  return {
    builds,

    /** Files of a build that are not kept yet. */
    async missing({ files }: PageFiles): Promise<PageFile[]> {
      const kept = await keys();
      return files.filter((file) => !kept.has(keyOf(file)));
    },

    /** Notes a build as the newest, so that its files are found; those of it that are kept already count. */
    async begin({ files }: PageFiles): Promise<void> {
      const before = await builds();
      if (before[0] && isSame(before[0], { files })) return;
      await writeBuilds([
        { files, since: Date.now() },
        ...before.filter((known) => !isSame(known, { files })),
      ]);
    },

    async put(file: PageFile, response: Response): Promise<void> {
      await (await opened()).put(keyOf(file), response);
    },

    /** A file of the newest build that has it under this path. */
    async find(path: string): Promise<Response | undefined> {
      const cache = await opened();
      for (const { files } of await builds()) {
        const file = files.find((each) => each.path === path);
        const kept = file && (await cache.match(keyOf(file)));
        if (kept) return kept;
      }
      return undefined;
    },

    /** The page itself, of the newest build that is whole; of one that is not where there is no other. */
    async findPage(): Promise<Response | undefined> {
      const cache = await opened();
      const [list, kept] = await Promise.all([builds(), keys()]);
      const whole = list.filter((build) => isWhole(build, kept));
      for (const { files } of [...whole, ...list]) {
        const file = files.find(({ path }) => path === 'index.html');
        const page = file && (await cache.match(keyOf(file)));
        if (page) return page;
      }
      return undefined;
    },

    /**
     * Once a build is whole, forgets the builds before it that no page uses, and the files that are theirs alone.
     * @param isUsed whether a page that has this file as its script is open
     */
    async forgetOthers(build: PageFiles, isUsed: (path: string) => boolean): Promise<void> {
      const cache = await opened();
      const list = await builds();
      const stay = list.filter((each) => isSame(each, build) || each.files.some(({ path }) => isUsed(path)));
      if (stay.length < list.length) await writeBuilds(stay);
      const needed = new Set([listKey, ...stay.flatMap(({ files }) => files.map(keyOf))]);
      await forget(cache, needed);
      if (stay.length === 1) await forget(await caches.open(seenCache), new Set());
    },
  };
}

export type KeptBuilds = ReturnType<typeof keptBuilds>;

const isSame = (one: PageFiles, other: PageFiles) =>
  one.files.length === other.files.length &&
  one.files.every(({ path, sha256 }, i) => other.files[i].path === path && other.files[i].sha256 === sha256);
