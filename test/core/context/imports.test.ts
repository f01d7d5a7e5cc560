import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { importsOf, isImported, withoutExtension } from '../../../src/core/context/imports.ts';

const cases: readonly (readonly [language: string, importer: string, text: string, file: string])[] = [
  ['TypeScript', 'src/a/b.ts', "import { x } from './c.ts';", 'src/a/c.ts'],
  ['TypeScript, parent folder', 'src/a/b.ts', "import type { X } from '../lib/c';", 'src/lib/c.ts'],
  ['TypeScript, several lines', 'src/a.ts', "import {\n  x,\n  y,\n} from './wide';", 'src/wide.ts'],
  ['TypeScript, folder', 'src/a.ts', "export * from './folder';", 'src/folder/index.ts'],
  ['TypeScript, for its effect', 'src/a.ts', "import './polyfill';", 'src/polyfill.ts'],
  ['JavaScript', 'lib/a.js', "const c = require('./c.js');", 'lib/c.js'],
  ['JavaScript, on demand', 'lib/a.js', "const c = await import('./c.js');", 'lib/c.js'],
  ['Python', 'app/main.py', 'from app.models.user import User', 'app/models/user.py'],
  ['Python, relative', 'app/views/page.py', 'from ..models import user', 'app/models/__init__.py'],
  ['Python, sibling', 'app/views/page.py', 'from .forms import Form', 'app/views/forms.py'],
  ['Python, plain', 'main.py', 'import settings', 'settings.py'],
  ['Go', 'cmd/main.go', 'import (\n\t"fmt"\n\t"example.com/shop/internal/cart"\n)', 'internal/cart/cart.go'],
  ['Go, one', 'cmd/main.go', 'import "example.com/shop/cart"', 'cart/cart.go'],
  ['Rust', 'src/main.rs', 'use crate::ledger::Entry;', 'src/ledger.rs'],
  ['Rust, module', 'src/main.rs', 'mod ledger;', 'src/ledger.rs'],
  [
    'Java',
    'src/main/java/org/shop/App.java',
    'import org.shop.cart.Basket;',
    'src/main/java/org/shop/cart/Basket.java',
  ],
  ['C', 'src/main.c', '#include "ring.h"', 'src/ring.h'],
  ['C#', 'Shop/App.cs', 'using Shop.Cart;', 'Shop/Cart/Basket.cs'],
  ['PHP', 'src/App.php', 'use Shop\\Cart\\Basket;', 'src/Shop/Cart/Basket.php'],
  ['Ruby', 'lib/app.rb', "require_relative 'cart'", 'lib/cart.rb'],
  ['shell', 'bin/run.sh', 'source "lib/common.sh"', 'bin/lib/common.sh'],
  ['SCSS', 'css/main.scss', "@use 'colours';", 'css/colours.scss'],
];

describe('imports', () => {
  for (const [language, importer, text, file] of cases) {
    it(`finds what is imported: ${language}`, () => {
      const targets = importsOf(text, importer);
      assert.ok(
        targets.some((target) => isImported(target, withoutExtension(file))),
        JSON.stringify(targets),
      );
    });
  }

  it('does not take a file of the same name in another folder for a relative import', () => {
    const targets = importsOf("import { x } from './c.ts';", 'src/a/b.ts');
    assert.ok(!targets.some((target) => isImported(target, 'src/other/c')));
  });

  it('finds nothing in a text without imports', () => {
    assert.deepEqual(importsOf('const from = 1;\nlet important = "./a";\n', 'a.ts'), []);
  });
});
