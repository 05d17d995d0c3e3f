import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DownloadError, type DownloadOptions, download, type RemoteFile } from '../src/files/download.ts';
import { nodeModules } from '../src/files/node-modules.ts';

const content = Buffer.from(Uint8Array.from({ length: 300_000 }, (_, i) => (i * 2654435761) >>> 13));
const file: RemoteFile = { name: 'digits.gz', bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** What a good mirror does: ranges and all. */
const good: Handler = (request, response) => {
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  const range = { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` };
  response.writeHead(from > 0 ? 206 : 200, from > 0 ? range : {});
  response.end(content.subarray(from));
};

describe('a download', () => {
  let folder: string;
  let servers: Server[];
  let asked: (string | undefined)[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dl-download-'));
    servers = [];
    asked = [];
  });
  afterEach(async () => {
    for (const server of servers) {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    }
    await rm(folder, { recursive: true });
  });

  async function serve(handler: Handler): Promise<string> {
    const server = createServer((request, response) => {
      asked.push(request.headers.range);
      handler(request, response);
    });
    servers.push(server);
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  const fetchFrom = (mirrors: string[], options: DownloadOptions = {}) =>
    download(nodeModules('test'), file, mirrors, folder, options);
  const part = () => join(folder, 'digits.gz.part');

  async function expectWhole(): Promise<void> {
    expect((await readFile(join(folder, 'digits.gz'))).equals(content)).toBe(true);
    expect(await readdir(folder)).toEqual(['digits.gz']);
  }

  it('comes whole, into a folder that it makes, and tells how far it is', async () => {
    const mirror = await serve(good);
    const seen: number[] = [];
    folder = join(folder, 'a', 'b');
    const onProgress: DownloadOptions['onProgress'] = (progress) => {
      expect(progress).toMatchObject({ file: 'digits.gz', totalBytes: content.length });
      seen.push(progress.receivedBytes);
    };
    expect(await fetchFrom([mirror], { onProgress })).toBe(`${mirror}digits.gz`);
    await expectWhole();
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(content.length);
  });

  it('goes on where an earlier one stopped', async () => {
    await writeFile(part(), content.subarray(0, 100_000));
    await fetchFrom([await serve(good)]);
    expect(asked).toEqual(['bytes=100000-']);
    await expectWhole();
  });

  it('goes on at the next mirror when a connection breaks', async () => {
    const breaking = await serve((_, response) => {
      response.writeHead(200, { 'content-length': content.length });
      response.write(content.subarray(0, 50_000), () => response.destroy());
    });
    const mirror = await serve(good);
    expect(await fetchFrom([breaking, mirror])).toBe(`${mirror}digits.gz`);
    expect(asked).toEqual([undefined, 'bytes=50000-']);
    await expectWhole();
  });

  it('starts over where the server knows no ranges', async () => {
    await writeFile(part(), content.subarray(0, 100_000));
    await fetchFrom([await serve((_, response) => response.end(content))]);
    expect(asked).toEqual(['bytes=100000-']);
    await expectWhole();
  });

  it('starts over when the earlier part turns out wrong', async () => {
    await writeFile(part(), Buffer.alloc(100_000));
    await fetchFrom([await serve(good)]);
    expect(asked).toEqual(['bytes=100000-', undefined]);
    await expectWhole();
  });

  it.each([
    ['complete', content.length, []],
    ['too long', content.length + 7, [undefined]],
  ])('deals with an earlier part that is %s', async (_, length, requests) => {
    await writeFile(part(), Buffer.concat([content, content]).subarray(0, length));
    await fetchFrom([await serve(good)]);
    expect(asked).toEqual(requests);
    await expectWhole();
  });

  it('is refused, and nothing kept, when the checksum is wrong', async () => {
    const wrong = Buffer.from(content);
    wrong[1234] ^= 1;
    const mirror = await serve((_, response) => response.end(wrong));
    await expect(fetchFrom([mirror])).rejects.toThrow(`SHA-256 must be ${file.sha256}, got`);
    expect(await readdir(folder)).toEqual([]);
  });

  it('takes the next mirror when a checksum is wrong', async () => {
    const mirror = await serve((_, response) => response.end(Buffer.alloc(content.length)));
    await fetchFrom([mirror, await serve(good)]);
    await expectWhole();
  });

  it.each<[string, Handler, string]>([
    ['has no such file', (_, response) => response.writeHead(404).end('none'), 'got HTTP 404'],
    [
      'sends too much',
      (_, response) => response.end(Buffer.concat([content, content])),
      `must have ${content.length} bytes, got more`,
    ],
    ['sends too little', (_, response) => response.end(content.subarray(0, 9)), `must have ${content.length} bytes, got 9`],
    ['sends nothing', () => {}, 'must answer within 200 ms, got nothing'],
    ['stops sending', (_, response) => response.write(content.subarray(0, 9)), 'must answer within 200 ms, got nothing'],
  ])('fails with the reason when a mirror %s', async (_, handler, reason) => {
    const failure = fetchFrom([await serve(handler)], { stallMs: 200 });
    await expect(failure).rejects.toThrow(DownloadError);
    await expect(failure).rejects.toThrow(reason);
  });

  it('fails with the reason when a mirror sends another range than was asked for', async () => {
    await writeFile(part(), content.subarray(0, 100));
    const mirror = await serve((_, response) =>
      response.writeHead(206, { 'content-range': 'bytes 50-99/100' }).end(content.subarray(50, 100)),
    );
    await expect(fetchFrom([mirror])).rejects.toThrow('got HTTP 206 with bytes from 50');
  });

  it('has time, as long as something comes', async () => {
    const slow = await serve(async (_, response) => {
      for (let from = 0; from < content.length; from += 50_000) {
        response.write(content.subarray(from, from + 50_000));
        await new Promise((later) => setTimeout(later, 100));
      }
      response.end();
    });
    await fetchFrom([slow], { stallMs: 400 });
    await expectWhole();
  });

  it('names every mirror that failed', async () => {
    const mirrors = [await serve((_, response) => response.writeHead(503).end()), 'http://127.0.0.1:9/'];
    await expect(fetchFrom(mirrors)).rejects.toMatchObject({
      reasons: [expect.stringContaining('HTTP 503'), expect.stringContaining('http://127.0.0.1:9/digits.gz: fetch failed')],
    });
  });

  it('fails, not crashes, where the folder cannot be made', async () => {
    await writeFile(join(folder, 'file'), '');
    folder = join(folder, 'file', 'below');
    await expect(fetchFrom([await serve(good)])).rejects.toThrow(DownloadError);
    folder = join(folder, '..', '..');
  });

  it('stops when its signal aborts, and keeps the part for later', async () => {
    const slow = await serve((_, response) => response.write(content.subarray(0, 70_000)));
    const controller = new AbortController();
    const onProgress: DownloadOptions['onProgress'] = ({ receivedBytes }) => {
      if (receivedBytes === 70_000) controller.abort(new Error('enough'));
    };
    await expect(fetchFrom([slow, 'http://127.0.0.1:9/'], { signal: controller.signal, onProgress })).rejects.toThrow('enough');
    expect((await readFile(part())).length).toBe(70_000);
    await fetchFrom([await serve(good)]);
    expect(asked.at(-1)).toBe('bytes=70000-');
    await expectWhole();
  });

  it('may run twice at once', async () => {
    const mirror = await serve(good);
    await mkdir(folder, { recursive: true });
    await Promise.all([fetchFrom([mirror]), fetchFrom([mirror])]);
    await expectWhole();
  });
});
