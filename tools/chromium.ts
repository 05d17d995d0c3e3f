import { existsSync } from 'node:fs';

const debian = '/usr/bin/chromium';

/** The Chromium that tests start: the one that DL_CHROMIUM names, else Debian's; undefined where there is neither. */
export const chromium: string | undefined = process.env.DL_CHROMIUM ?? (existsSync(debian) ? debian : undefined);

/** What it is started with: nothing that talks to the network, and no sandbox, which containers do not allow. */
export const chromiumArgs: readonly string[] = [
  ...['--no-sandbox', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];
