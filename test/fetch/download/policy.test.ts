import { describe, expect, it } from 'vitest';
import {
  createPolicy,
  isPublicAddress,
  type Policy,
  printableUrl,
} from '../../../src/fetch/download/policy.js';

const NAMED = ['https://archive.example/data/', 'http://127.0.0.1:8080/', 'http://old.example/'];

function outcome(policy: Policy, url: string): string {
  try {
    return policy.check(url).href;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}

describe('the policy of URLs', () => {
  const policy = createPolicy({ named: NAMED });

  it.each([
    'https://archive.example/else/where?x=1',
    'https://ARCHIVE.example:443/data/',
    'http://127.0.0.1:8080/a',
    'http://old.example/a',
    'https://old.example/a',
  ])('lets %s pass', (url) => {
    expect(outcome(policy, url)).toBe(new URL(url).href);
  });

  it.each([
    'http://archive.example/data/',
    'https://archive.example:8443/data/',
    'https://archive.example.evil.example/',
    'https://sub.archive.example/',
    'https://evil.example/',
    'https://archive.example@evil.example/',
    'https://user:secret@archive.example/',
    'http://127.0.0.1:8081/',
    'http://127.0.0.1/',
    'https://127.0.0.1/',
    'http://127.1:8081/',
    'http://0x7f000001/',
    'http://localhost:8080/',
    'http://[::1]:8080/',
    'http://[::ffff:127.0.0.1]:8080/',
    'http://169.254.169.254/latest/meta-data/',
    'https://169.254.169.254/',
    'https://[fe80::1]/',
    'file:///etc/passwd',
    'ftp://archive.example/data/',
    'data:text/plain,hello',
    'javascript:alert(1)',
    '//archive.example/',
    '',
  ])('refuses %s', (url) => {
    expect(outcome(policy, url)).toBe('HTTP_HOST_REFUSED');
  });

  it.each([
    'https://me:hush@archive.example/',
    'file:///data/',
    'archive.example',
    'https://hush@archive.example/',
  ])('cannot name %s', (url) => {
    let message = '';
    try {
      createPolicy({ named: [url] });
    } catch (error) {
      expect(error).toMatchObject({ name: 'UsageError', code: 'URL_REFUSED' });
      message = String(error);
    }
    expect(message).not.toBe('');
    expect(message).not.toContain('hush');
  });
});

describe('the policy of addresses', () => {
  it.each([
    ['130.14.250.1', true],
    ['2606:4700::1111', true],
    ['64:ff9b::808:808', true],
    ['10.1.2.3', false],
    ['172.16.0.1', false],
    ['192.168.1.1', false],
    ['127.0.0.1', false],
    ['169.254.169.254', false],
    ['100.64.0.1', false],
    ['0.0.0.0', false],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
    ['::', false],
    ['::1', false],
    ['fe80::1', false],
    ['fc00::1', false],
    ['ff02::1', false],
    ['::ffff:10.0.0.1', false],
    ['::ffff:8.8.8.8', false],
    ['64:ff9b::a00:1', false],
    ['2002:0a00:0001::1', false],
    ['not an address', false],
  ])('%s is public: %s', (address, expected) => {
    expect(isPublicAddress(address)).toBe(expected);
  });

  async function lookedUp(
    named: string,
    name: string,
    addresses: string[],
    all = true,
    inside = false,
  ): Promise<unknown> {
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    const policy = createPolicy({ named: [named], inside, resolve: async () => found });
    return await new Promise((resolve) => {
      policy.lookup(name, { all }, (error, address) =>
        resolve(error === null ? address : (error as { code?: string }).code),
      );
    });
  }

  it('gives the addresses of a name that leads outside', async () => {
    const addresses = ['130.14.250.1', '2606:4700::1111'];
    expect(await lookedUp('https://a.example/', 'a.example', addresses)).toEqual([
      { address: '130.14.250.1', family: 4 },
      { address: '2606:4700::1111', family: 6 },
    ]);
    expect(await lookedUp('https://a.example/', 'a.example', addresses, false)).toBe('130.14.250.1');
  });

  it('refuses a name as soon as one of its addresses leads inside', async () => {
    const addresses = ['130.14.250.1', '10.0.0.1'];
    expect(await lookedUp('https://a.example/', 'a.example', addresses)).toBe('HTTP_HOST_REFUSED');
    expect(await lookedUp('https://a.example/', 'a.example', addresses, false)).toBe('HTTP_HOST_REFUSED');
  });

  it('lets a host that the user named lead inside', async () => {
    const lookup = lookedUp('https://mirror.example/', 'mirror.example', ['10.0.0.1'], false, true);
    expect(await lookup).toBe('10.0.0.1');
  });

  it('lets localhost be the loopback address where it is named, and nothing else', async () => {
    const loopback = ['127.0.0.1'];
    expect(await lookedUp('http://localhost:1/', 'localhost', loopback, false)).toBe('127.0.0.1');
    expect(await lookedUp('http://localhost:1/', 'localhost', ['10.0.0.1'])).toBe('HTTP_HOST_REFUSED');
    expect(await lookedUp('http://localhost:1/', 'a.example', loopback)).toBe('HTTP_HOST_REFUSED');
    expect(await lookedUp('http://127.0.0.1:1/', 'localhost', loopback)).toBe('HTTP_HOST_REFUSED');
  });
});

describe('a URL in a message', () => {
  it('has no user, no query and no fragment', () => {
    expect(printableUrl('https://u:p@a.example:8443/x/y?key=1#z')).toBe('https://a.example:8443/x/y');
    expect(printableUrl('data:text/plain,secret')).toBe('data:');
    expect(printableUrl('secret')).toBe('(no URL)');
  });
});
