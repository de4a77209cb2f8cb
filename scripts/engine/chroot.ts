import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { inputs } from './inputs.ts';
import { output, run } from './process.ts';

const MOUNTS =
  'mount -t proc proc "$0/proc" && mount -t tmpfs tmpfs "$0/dev/shm" && exec chroot "$0" sh -ec "$1"';

/** A Debian with emscripten in it, made once; QUIRE_DEBIAN_MIRROR may name a snapshot of the past. */
export function prepareChroot(root: string): void {
  if (existsSync(root)) return;
  if (process.getuid?.() !== 0) throw new Error('debootstrap and chroot need root: run this with sudo.');
  const unfinished = `${root}.part`;
  rmSync(unfinished, { recursive: true, force: true });
  const mirror = process.env['QUIRE_DEBIAN_MIRROR'];
  run('debootstrap', ['--variant=minbase', inputs.debianSuite, unfinished, ...(mirror ? [mirror] : [])]);
  const packages = inputs.debianPackages.join(' ');
  // A snapshot's index is past its date, and so may a mirror's be; its signature still counts.
  inChroot(
    unfinished,
    `export DEBIAN_FRONTEND=noninteractive
    apt-get -o Acquire::Check-Valid-Until=false update -q
    apt-get install -qy --no-install-recommends ${packages}`,
  );
  renameSync(unfinished, root);
}

/** Runs a shell script in the chroot. Its mounts are the process's own and go with it. */
export function inChroot(root: string, script: string): void {
  run('unshare', ['--mount', '--pid', '--fork', '--', 'sh', '-ec', MOUNTS, root, script]);
}

/** The versions that the chroot holds, for the lock. */
export function debianVersions(root: string): {
  suite: string;
  date: string;
  packages: Record<string, string>;
} {
  const lists = join(root, 'var/lib/apt/lists');
  const release = readdirSync(lists).find((name) => name.endsWith('Release')) ?? '';
  const date = /^Date: (.*)$/m.exec(readFileSync(join(lists, release), 'utf8'))?.[1] ?? 'unknown';
  const query = ['-W', '-f', '${Package}\t${Version}\n', ...inputs.debianLocked];
  const lines = output('chroot', [root, 'dpkg-query', ...query])
    .trim()
    .split('\n');
  const packages = Object.fromEntries(lines.map((line) => line.split('\t') as [string, string]));
  return { suite: inputs.debianSuite, date, packages };
}
