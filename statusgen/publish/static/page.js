(d=>{
const h=d.documentElement,s=d.body.dataset.stale,l=h.lang=="en"?"en-GB":h.lang,
o={hour:"2-digit",minute:"2-digit",hourCycle:"h23",timeZoneName:"short"},
n=t=>Date.now()>Date.parse(t),
f=()=>{
if(s&&n(s))h.classList.add("stale");
else for(const e of d.querySelectorAll("[data-due]"))if(n(e.dataset.due))e.hidden=!(e.nextElementSibling.hidden=!1)
};
f();setInterval(f,3e4);
for(const t of d.querySelectorAll("time[data-f]"))try{
t.title=t.textContent;
t.textContent=new Date(t.dateTime).toLocaleString(l,t.dataset.f=="t"?o:{day:"numeric",month:"short",year:"numeric",...o}).replace(/Sept(?=[ ,])/,"Sep")
}catch{}
if(location.protocol=="file:")for(const a of d.querySelectorAll("a[href]"))
if(a.protocol=="file:"&&a.pathname.endsWith("/"))a.pathname+="index.html"
})(document)
