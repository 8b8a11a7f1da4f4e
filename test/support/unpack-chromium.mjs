// @ts-check Unpacks the Chromium that npm brought into the first folder that is named; it is to be moved to the second one.
// The package takes whatever lies in the folder of temporary files, and changes the environment: hence a process of its own.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const [, , folder = '', destination = ''] = process.argv;
await mkdir(folder, { recursive: true });
process.env.TMPDIR = folder;
// Only where it takes the machine for this one does it unpack the libraries that it needs.
process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs20.x';
const { default: chromium } = await import('@sparticuz/chromium');
await chromium.executablePath();
// Its own list of fonts names folders of a machine in a cloud; without any font, Chromium ends at the first text field.
const fonts = join(destination, 'fonts');
await writeFile(
  join(folder, 'fonts/fonts.conf'),
  '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">' +
    `<fontconfig><dir>${fonts}</dir><cachedir>${fonts}/cache</cachedir></fontconfig>\n`,
);
