import { editor, headless, inGroup, notBlockable } from './vector.ts';

export const destination = inGroup('I', [
  headless(121, 'A cloud model by its name, through the local Ollama'),
  headless(122, 'A renamed stub of a cloud model'),
  headless(123, 'A model that becomes a stub between check and use'),
  headless(124, 'A web search that the server runs itself', 'Requests carry no tools.'),
  headless(125, 'A relay or gateway on loopback'),
  notBlockable(
    126,
    'A port of this machine forwarded to an Ollama elsewhere',
    'The forwarder answers on loopback with the words of a real Ollama, and the system shows only its near end. On Linux a known tunnel program that holds the port is noticed. A forwarded server of any other kind is not taken for local.',
  ),
  headless(127, 'A remote host whose loopback is not this desk', 'Served there and named for what it is.'),
  headless(128, 'An editor that runs in the cloud itself', 'Named for what it is.'),
  editor(129, 'Settings of the workspace that name another server or model'),
  headless(130, 'Environment variables that name a server or a proxy'),
  headless(131, 'A redirect to another host'),
  headless(132, 'A proxy of the system that takes the local call'),
  headless(133, 'A proxy on loopback'),
  headless(134, 'Names that resolve to anything'),
  headless(135, 'localhost answered by another program'),
  headless(136, 'Addresses with a user name, and other spellings'),
  headless(137, '0.0.0.0 and private addresses taken for local'),
  notBlockable(
    138,
    'Interception of TLS on the way to a cloud',
    'A certificate that the system trusts is trusted. What may go to the cloud may be seen on the way by who owns that trust.',
  ),
  notBlockable(
    139,
    'A program of another user on the port of the local server',
    'A program that speaks like Ollama cannot be told from it. One that does not is not taken for local.',
  ),
  headless(140, 'A client library that calls home'),
  notBlockable(
    141,
    'A local server that writes requests to its own log',
    'The file stays on this machine, and the server is the user’s own.',
  ),
]);
