import { createHash } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { crc32 } from 'node:zlib';
import type { ModelFile, ModelSource } from '../../src/domain/model-spec.ts';

/** The entry of a lock file for these bytes. */
export function entryFor(bytes: Buffer, ...sources: ModelSource[]): ModelFile {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { path: 'weights.bin', bytes: bytes.length, sha256, sources };
}

/** A source at whatever hub QUIRE_HUB names. */
export function hubSource(repository: string): ModelSource {
  return { kind: 'hub', repository, revision: 'abc', path: 'weights.bin' };
}

/** A server on a free port of this machine, and its address. */
export async function serve(listener: RequestListener): Promise<{ server: Server; url: string }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { server, url: `http://127.0.0.1:${String(port)}` };
}

/** A zip archive (which is what a wheel is) that holds one file, stored as it is. */
export function zipOf(name: string, bytes: Buffer): Buffer {
  const title = Buffer.from(name);
  const about = Buffer.alloc(26); // what the two headers have in common
  about.writeUInt16LE(20, 0);
  about.writeUInt32LE(crc32(bytes), 10);
  about.writeUInt32LE(bytes.length, 14);
  about.writeUInt32LE(bytes.length, 18);
  about.writeUInt16LE(title.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), about, title, bytes]);
  const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), about, Buffer.alloc(14), title]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}
