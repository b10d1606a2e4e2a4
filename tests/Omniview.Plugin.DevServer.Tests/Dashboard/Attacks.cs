namespace Omniview.Plugin.DevServer.Tests.Dashboard;

/// <summary>JavaScript of a page of another origin.</summary>
internal static class Attacks
{
    /// <summary>
    /// Everything a page may send without being asked first, and what it may embed. Answers with what was won by it.
    /// </summary>
    public const string All = """
        async ([host, id]) => {
          const won = [];
          const tryIt = async (name, attack) => {
            try { const what = await attack(); if (what) won.push(`${name}: ${what}`); } catch { }
          };
          const limit = (promise) => Promise.race([promise, new Promise(done => setTimeout(done, 600))]);
          const json = { 'Content-Type': 'application/json' };
          await tryIt('log in', async () => (await fetch(
            `${host}/api/v1/dashboard/logins`, { method: 'POST', headers: json, body: '{"token":"x"}' })).status);
          await tryIt('authorization', async () => (await fetch(
            `${host}/api/v1/plugins`, { headers: { Authorization: 'Bearer x' } })).status);
          await tryIt('storage', async () => sessionStorage.length + localStorage.length + document.cookie.length);
          const reads = ['/', '/api/v1/version', '/api/v1/plugins', `/api/v1/plugins/${id}/logs`, '/api/v1/events'];
          for (const path of reads) {
            await tryIt(`read ${path}`, async () =>
              (await (await limit(fetch(host + path, { credentials: 'include' }))).text()));
            await tryIt(`fetch ${path}`, async () => {
              const answer = await limit(fetch(host + path, { credentials: 'include', mode: 'no-cors' }));
              return answer?.type !== 'opaque' && 'not opaque';
            });
          }
          for (const verb of ['stop', 'restart', 'rebuild', 'start', 'open']) {
            const address = `${host}/api/v1/plugins/${id}/${verb}`;
            const post = { method: 'POST', credentials: 'include' };
            await tryIt(`${verb} as JSON`, async () =>
              (await fetch(address, { ...post, headers: json, body: '{}' })).status);
            await tryIt(`${verb} as text`, async () => {
              await fetch(address, { ...post, mode: 'no-cors', body: '{"file":"plugin.yaml"}' });
            });
            await tryIt(`${verb} without a body`, async () => { await fetch(address, { ...post, mode: 'no-cors' }); });
            await tryIt(`${verb} by beacon`, async () => {
              navigator.sendBeacon(address, new Blob(['{}'], { type: 'text/plain' }));
            });
            await tryIt(`${verb} by form`, async () => {
              const add = (tag, properties) =>
                document.body.appendChild(Object.assign(document.createElement(tag), properties));
              const frame = add('iframe', { name: `of-${verb}` });
              const form = add(
                'form', { method: 'POST', action: address, target: frame.name, enctype: 'text/plain' });
              form.append(Object.assign(
                document.createElement('input'), { name: '{"file":"plugin.yaml","x":"', value: '"}' }));
              form.submit();
              await limit(new Promise(done => frame.onload = done));
            });
          }
          await tryIt('events', () => new Promise((done) => {
            const events = new EventSource(host + '/api/v1/events', { withCredentials: true });
            events.addEventListener('snapshot', event => done(event.data));
            events.onopen = () => done('open');
            events.onerror = () => { events.close(); done(); };
          }));
          const embed = (tag, properties) => limit(new Promise((done) => {
            const element = Object.assign(document.createElement(tag), properties);
            element.onload = () => done('loaded');
            element.onerror = () => done();
            document.body.append(element);
          }));
          await tryIt('script', () => embed('script', { src: host + '/api/v1/plugins' }));
          await tryIt('image', () => embed('img', { src: host + '/icons/ready.svg' }));
          await tryIt('style', () => embed('link', { rel: 'stylesheet', href: host + '/api/v1/plugins' }));
          await tryIt('frame', async () => {
            const frame = document.body.appendChild(
              Object.assign(document.createElement('iframe'), { src: host + '/', name: 'dashboard' }));
            await limit(new Promise(done => frame.onload = done));
            return frame.contentWindow.sessionStorage.length;
          });
          await tryIt('window', async () => {
            const opened = open(host + '/', 'opened');
            // Cross-Origin-Opener-Policy parts them once the answer is there; on a busy machine that takes its time.
            for (let tries = 0; opened && !opened.closed && tries < 600; tries++) {
              await new Promise(done => setTimeout(done, 100));
            }
            return opened && !opened.closed && 'still in reach';
          });
          return won;
        }
        """;
}
