import puppeteer from 'puppeteer-core';
const [,, file, out, ...rest] = process.argv;
const b = await puppeteer.launch({executablePath:'/usr/bin/chromium', args:['--no-sandbox','--disable-gpu'], headless:true});
for (const [w,scheme] of [[320,'light'],[800,'light'],[1600,'light'],[1600,'dark']]) {
  const p = await b.newPage();
  p.on('console', m=>console.log('console', m.text())); p.on('pageerror', e=>console.log('err', e.message));
  p.on('request', r=>{ if(!r.url().startsWith('file:')) console.log('req', r.url().slice(0,100))});
  await p.emulateMediaFeatures([{name:'prefers-color-scheme', value:scheme}]);
  await p.setViewport({width:w,height:1000});
  await p.goto('file://'+file);
  if (process.argv[4]==='open') await p.evaluate(()=>{for (const d of document.querySelectorAll('details')) d.open=true});
  console.log(w, await p.evaluate(()=>[document.scrollingElement.scrollWidth, document.scrollingElement.scrollHeight]));
  const h = await p.evaluate(()=>document.scrollingElement.scrollHeight);
  const step = w===320?3000:2200;
  for (let y=0,i=0;y<h && i<4;y+=step,i++) await p.screenshot({path:`${out}/${w}-${scheme}-${i}.png`, clip:{x:0,y,width:w,height:Math.min(step,h-y)}, captureBeyondViewport:true});
  await p.close();
}
await b.close();
