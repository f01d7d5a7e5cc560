import { headless, inGroup } from './vector.ts';

const windows = 'Played with the rules of Windows, on any system.';

export const identity = inGroup('B', [
  headless(18, 'A symbolic link to a sensitive file'),
  headless(19, 'A sensitive folder that is a link to somewhere else'),
  headless(20, 'A chain of links, a link to a parent folder'),
  headless(21, 'A link that leads out of the workspace'),
  headless(
    22,
    'A hard link to a sensitive file',
    'By its names within the workspace; a name elsewhere on the disk is not known.',
  ),
  headless(
    23,
    'A junction, a substituted drive, a folder mounted twice',
    'Played with the real path that the system gives. A bind mount within the workspace, which takes an administrator to make, has no other path.',
  ),
  headless(24, 'Another case of the name'),
  headless(25, 'Backslashes in the path', windows),
  headless(26, 'A Windows short name', windows),
  headless(27, 'An alternate data stream', windows),
  headless(28, 'A trailing dot or space', windows),
  headless(29, 'UNC, \\\\?\\ and \\\\.\\ spellings', windows),
  headless(30, 'Device and process paths'),
  headless(31, 'Dots and doubled slashes in the path'),
  headless(32, 'Percent-encoded URIs'),
  headless(33, 'Composed and decomposed accents'),
  headless(34, 'Look-alike or invisible characters in a pattern'),
  headless(35, 'Look-alike or invisible characters in a file name'),
  headless(36, 'A file outside every workspace folder'),
  headless(37, 'A rule of one root, a file in another'),
  headless(38, 'A root inside another root'),
  headless(
    39,
    'A nested repository with a policy of its own',
    'A part of a repository that is opened by itself is held by the policies around it, too.',
  ),
  headless(
    40,
    'A renamed sensitive file',
    'By what git knows of renames in the last 300 commits; else by the values of the file.',
  ),
  headless(41, 'A copy of a sensitive file', 'Found by value.'),
  headless(42, 'A member of an archive'),
  headless(43, 'Backup, swap and autosave copies'),
  headless(44, 'Local history'),
  headless(45, 'Lost and found objects of the repository'),
  headless(46, 'A file deep below a sensitive folder'),
  headless(47, 'A folder rule with a slash at its end'),
]);
