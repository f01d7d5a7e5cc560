import { bitsPerCharacter, isPlaceholder, namesSecret } from './randomness.ts';

/**
 * Whether a value of a sensitive file would be recognised for certain elsewhere: it is long enough, no word or placeholder,
 * and either named like a secret or too irregular to stand in other texts by chance.
 */
export function isDistinctive(value: string, name: string): boolean {
  if (value.length < 8 || isPlaceholder(value) || commonValues.has(value.toLowerCase())) return false;
  if (ordinary.test(value) || isRepetitive(value)) return false;
  if (isEmail(value) || isLongNumber(value)) return true;
  if (/\s/.test(value)) return false;
  if (isWordy(value)) return secretAtEnd.test(name) && bitsPerCharacter(value) >= 2.5 && !isReference(value);
  if (namesSecret(name)) return bitsPerCharacter(value) >= 2;
  return value.length >= 12 && /[A-Za-z]/.test(value) && bitsPerCharacter(value) >= 3.2;
}

/** Made of words and small numbers only: `postgres:15.2-alpine`, `http://localhost:8080/api`, `camelCaseName`. */
function isWordy(value: string): boolean {
  return value
    .split(/[^A-Za-z0-9]+/)
    .every((part) => /^(?:[A-Z]*[a-z]*|[A-Z]?[a-z]+(?:[A-Z][a-z]+)*|\d{1,4}|v\d{1,3})$/.test(part));
}

/** The value of a secret's name that only points to it: a path, an address, a name in dots. */
function isReference(value: string): boolean {
  return /\/|^[A-Za-z]:\\|^\w+(?:\.\w+)+$/.test(value);
}

function isEmail(value: string): boolean {
  return /^[\w.%+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24}$/.test(value);
}

/** Account, phone and card numbers; not times in milliseconds, round numbers or sizes. */
function isLongNumber(value: string): boolean {
  if (!/^\+?\d[\d ()/-]{7,30}$/.test(value)) return false;
  const digits = value.replaceAll(/\D/g, '');
  return digits.length >= 9 && !/0{5}$/.test(digits) && !/^1[5-9]\d{8}(?:\d{3})?$/.test(digits);
}

function isRepetitive(value: string): boolean {
  return new Set(value).size <= Math.min(4, value.length / 3);
}

/** Dates, times, versions, file names. */
const ordinary =
  /^\d{4}-\d\d-\d\d(?:[T ][\d:.,+Z-]*)?$|^[~^>=v]*\d+(?:\.\d+){1,3}(?:[-+][\w.]+)?$|^\d{1,3}(?:\.\d{1,3}){3}(?::\d+|\/\d+)?$|^[\w.-]+\.(?:js|ts|json|ya?ml|toml|md|py|go|rs|java|txt|png|svg|html?|css|sh|pem|key|crt|log|db|sql)$/i;
const secretAtEnd = /(?:pass(?:wor[dt]|wd|phrase|code)|pwd|secret|token|key)$/i;

/** Values that settings have everywhere. */
const commonValues: ReadonlySet<string> = new Set(
  `administrator application changeit charset collation container customer database debugging default development disabled
  docker-compose document elasticsearch environment equal_to external false-positive frontend identity info@example.com
  information internal kubernetes localhost localhost:3000 localhost:5432 localhost:8080 management mongodb_uri monitoring
  optional password password1 password123 passw0rd postgres postgresql postgres_password preserve private_key production
  qwerty123 rabbitmq readonly readwrite redirect registry required resource response root_password security sentinel server
  services sessions settings staging standard superuser supervisor terraform testing test1234 test_password undefined
  unlimited username verbose-full welcome1 letmein1 adminadmin admin1234 admin123 root1234 secret123 secretkey secret-key
  secret_key access_token refresh_token bearer_token token_type client_secret client_credentials authorization_code
  application/json text/plain utf-8-sig iso-8859-1 us-east-1 eu-west-1 eu-central-1 aes-256-gcm hmac-sha256 sha256sum`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
