(d=>{
const T=d.getElementById("strips");
if(!T)return;
const D=JSON.parse(T.content.textContent),S=D.say,L=d.documentElement.lang,
W={day:"numeric",month:"long",year:"numeric",weekday:"long",timeZone:"UTC"},
root=T.dataset.root,
card=d.createElement("div"),
mark=d.createElement("i");
card.className="pop";
card.setAttribute("role","group");
mark.className="mark";
let bars=null,at=-1,pinned=0,quiet=0,timer;
const put=(s,v)=>s.replace("{}",v),
looks=b=>{
if(b.looks)return b.looks;
const r=[];
let x;
for(const p of b.querySelectorAll("path")){
const k=p.getAttribute("class"),m=/M([\d.]+) \S*h([\d.]+)/.exec(p.getAttribute("d"));
if(!D.looks[k])continue;
if(k=="d")r[(parseFloat(p.getAttribute("d").slice(1))-3.5)/10]=k;
else{x=Math.floor(m[1]/10);for(let n=Math.ceil(m[2]/10);n--;)r[x++]=k}
}
b.told={};
for(const e of JSON.parse(b.dataset.days||"[]"))b.told[e[0]]=e;
return b.looks=r
},
first=b=>D.days.length-Math.round(b.clientWidth/b.querySelector("svg").getBoundingClientRect().width*(D.days.length-.3)+.3),
date=i=>{
const t=new Date(D.days[i]);
try{return t.toLocaleDateString(L=="en"?"en-GB":L,W)}catch{return D.days[i]}
},
hide=()=>{clearTimeout(timer);bars=null;pinned=0;if(card.isConnected)card.remove();mark.remove()},
later=()=>{clearTimeout(timer);timer=setTimeout(()=>pinned||hide(),250)},
link=(text,href)=>{const a=d.createElement("a");a.textContent=text;a.href=root+href;if(location.protocol=="file:")a.href=a.href.replace(/\/$/,"/index.html");return a},
line=(...n)=>{const p=d.createElement("p");p.append(...n);card.append(p)},
show=(b,i,pin)=>{
const low=first(b),r=looks(b);
i=Math.min(Math.max(i,low),D.days.length-1);
clearTimeout(timer);
if(bars==b&&at==i){pinned|=pin;return}
bars=b;at=i;pinned=pin;
const e=b.told[i]||[],k=r[i],h=d.createElement("strong"),
day=date(i)+(i==D.days.length-1?" ("+S.today+")":""),
u=e[2]||(k=="u"||k=="g"?D.full:""),
said=[D.looks[k],e[1]&&put(S.down,e[1]),u&&put(S.uptime,u)].filter(Boolean).join(" · "),
inc=e.slice(3).map(n=>D.incidents[n]);
h.textContent=day;
card.replaceChildren();
line(h);
line(said);
for(const[t,p]of inc)line(link(t,p));
if(D.first&&D.days[i]>=D.first)line(link(S.open,"days/"+D.days[i]+"/"));
b.after(card);
b.append(mark);
const s=b.querySelector("svg").getBoundingClientRect(),o=b.getBoundingClientRect(),w=s.width/(D.days.length-.3),
x=s.left-o.left+w*i;
mark.style.left=x-1+"px";
mark.style.width=w*.7+2+"px";
const host=card.offsetParent.getBoundingClientRect(),room=host.width-card.offsetWidth;
card.style.left=Math.max(0,Math.min(room,o.left-host.left+x+w/2-card.offsetWidth/2))+"px";
card.style.top=o.bottom-host.top+4+"px";
b.setAttribute("aria-valuenow",i+1);
b.setAttribute("aria-valuemin",low+1);
b.setAttribute("aria-valuetext",[day,said,...inc.map(n=>n[0])].join(". "))
},
where=(b,x)=>{
const s=b.querySelector("svg").getBoundingClientRect();
return Math.floor((x-s.left)/s.width*(D.days.length-.3)+.15)
},
name=b=>(b.closest(".comp,.whole,.group").querySelector("h3,h4")||b.closest(".group")?.querySelector("h3")||d.querySelector("h1")).textContent;
for(const b of d.querySelectorAll(".bars")){
const n=D.days.length;
for(const[k,v]of[["role","slider"],["tabindex",0],["aria-label",put(S.strip,name(b))],["aria-valuemin",1],["aria-valuemax",n],["aria-valuenow",n]])b.setAttribute(k,v);
b.setAttribute("aria-valuetext",date(n-1));
b.onpointermove=e=>{if(e.pointerType!="touch"&&!(pinned&&bars==b))show(b,where(b,e.clientX),0)};
b.onpointerleave=e=>e.pointerType!="touch"&&later();
b.onclick=e=>show(b,where(b,e.clientX),1);
b.onfocus=()=>quiet||b.matches(":focus-visible")&&show(b,bars==b?at:n-1,1);
b.onblur=e=>card.contains(e.relatedTarget)||bars!=b||hide();
b.onkeydown=e=>{
const i=bars==b?at:n-1,
to={ArrowLeft:i-1,ArrowDown:i-1,ArrowRight:i+1,ArrowUp:i+1,PageDown:i-7,PageUp:i+7,Home:first(b),End:n-1}[e.key];
if(to!==void 0){e.preventDefault();show(b,to,1)}
else if(e.key=="Enter"&&bars==b)card.querySelector("p:last-child a")?.click()
}
}
card.onpointerenter=()=>clearTimeout(timer);
card.onpointerleave=later;
card.addEventListener("focusout",e=>{if(bars&&e.relatedTarget&&e.relatedTarget!=bars&&!card.contains(e.relatedTarget))hide()});
d.addEventListener("keydown",e=>{
if(e.key!="Escape"||!bars)return;
const b=bars,inside=card.contains(d.activeElement);
hide();
if(inside){quiet=1;b.focus();quiet=0}
});
d.addEventListener("pointerdown",e=>bars&&!card.contains(e.target)&&!bars.contains(e.target)&&hide());
addEventListener("resize",hide)
})(document)
