import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lacksOptionalOnly } from './lock-file.mjs';

const lock = JSON.stringify({
  lockfileVersion: 3,
  packages: {
    '': { devDependencies: { tool: '1.0.0' } },
    'node_modules/tool': {
      version: '1.0.0',
      optionalDependencies: { '@tool/linux-x64': '1.0.0', '@tool/win32': '1.0.0' },
    },
    'node_modules/@tool/linux-x64': { version: '1.0.0', optional: true },
  },
});

describe('a lock file that npm refuses', () => {
  it('will do when it lacks packages for other platforms only', () => {
    assert.equal(
      lacksOptionalOnly('npm error code EUSAGE\nnpm error Missing: @tool/win32@ from lock file\n', lock),
      true,
    );
  });

  it('will not do when it lacks a package that is needed', () => {
    const output = 'npm error Missing: @tool/win32@ from lock file\nnpm error Missing: other@2.0.0 from lock file\n';
    assert.equal(lacksOptionalOnly(output, lock), false);
  });

  it('will not do when it holds another version', () => {
    const output =
      "npm error Invalid: lock file's tool@1.0.0 does not satisfy tool@2.0.0\nnpm error Missing: @tool/win32@ from lock file\n";
    assert.equal(lacksOptionalOnly(output, lock), false);
  });

  it('is not what a broken connection looks like', () => {
    assert.equal(lacksOptionalOnly('npm error code ENOTFOUND\n', lock), false);
  });
});
