import 'fake-indexeddb/auto';
import { forceCloseDatabase, IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { beforeEach, expect, test, vi } from 'vitest';
import { DATABASE_NAME, openStorage, type Database } from './database.ts';

let database: Database;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  database = await openStorage();
});

const write = () => database.write(['settings'], [(t) => t.objectStore('settings').put(1, 'key')], 0);
const read = () => database.read((connection) => connection.get('settings', 'key'));

test('a connection the browser dropped is opened again', async () => {
  await write();
  await database.read(async (connection) => forceCloseDatabase(connection as never));
  expect(await read()).toBe(1);
});

test('a connection lost in the middle of a call: the call runs once more', async () => {
  await write();
  const query = vi
    .fn<(connection: { get(store: 'settings', key: string): Promise<unknown> }) => Promise<unknown>>()
    .mockRejectedValueOnce(new DOMException('Connection to Indexed Database server lost', 'UnknownError'))
    .mockImplementation((connection) => connection.get('settings', 'key'));
  expect(await database.read(query)).toBe(1);
  expect(query).toHaveBeenCalledTimes(2);
});

test('another failure is not tried again', async () => {
  const query = vi.fn().mockRejectedValue(new TypeError('no'));
  await expect(database.read(query)).rejects.toThrow(TypeError);
  expect(query).toHaveBeenCalledOnce();
});

test('it makes way for the upgrade of another tab', async () => {
  const upgraded = await openDB(DATABASE_NAME, 2);
  expect(upgraded.version).toBe(2);
  upgraded.close();
  await expect(read()).rejects.toMatchObject({ failure: { kind: 'storage-unavailable' } });
});

test('a browser without IndexedDB is storage-unavailable', async () => {
  vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('denied', 'SecurityError');
  });
  await expect(openStorage()).rejects.toMatchObject({ failure: { kind: 'storage-unavailable' } });
});
