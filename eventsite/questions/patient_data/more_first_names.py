"""More first names heard in the United Kingdom: short forms, and names that came from all over the world."""

from eventsite.questions.patient_data.wording import words

MORE_FIRST_NAMES = words(
    """
    aoife eimear emer eilis sile ailbhe aoibhinn caolan wanjiru thandiwe thandeka sipho nomvula chipo tendai tatenda
    rutendo farai tafadzwa kudzai zanele lerato thabo mandla bongani achieng otieno wambui njeri kamau mwangi wairimu
    makena nyambura abebe tesfaye selam hirut almaz dawit yonas biniam filmon feven semhar luwam rahwa eun hye soo
    yuna haneul jisoo minho anh thuan quyen gintaras jurgita rasa vytautas inga ieva agne dovile edita laimute janis
    ilze liga andris valdis kristaps maris tiit urmas kaarel jaan csaba laszlo lazlo istvan zoltan ferenc gyorgy
    eszter katalin ildiko agnes zsofia orsolya andras balazs gergely milos dragan zoran goran dusan slobodan ljiljana
    snezana jelena milica radovan nebojsa vesna branka mirjana tomislav ivica zeljko stjepan marija petar georgi
    dimitar stoyan yordanka tsvetelina plamen krasimir desislava ivanka vasil kostas yiannis giorgos dimitris stavros
    eleni vasiliki sotiris panagiotis aamir aarav abdi abdirahman abdullahi abeer abel abena abida abla abrar adaeze
    ade adebayo adeel adeela adela adeola aditi aditya adriana adunni adwoa afia afua afzaal agatha agathe agnieszka
    agron ahlam ahsan aida ailish aiman aino ajaz akbar akhil akhtar akiko akinyi akosua akram akshay alaa alain alba
    alban albana alby alec aleksander aleksei alena alexia alfreda alfredo algernon alia alicja aliette almas alyson
    ama amadou amaka amal amani amarjeet amarjit ambreen amelie amer aminata amjad ammar amna amos amrit amrita anam
    anand ananya anas anatoly anca anders andreas andriy andrzej aneta angelica angelo angharad angie anh aniela
    aniket anisa anisha anju ankit ankita annabelle annalise anneke annemarie annika annis anoop anouk anouska ansel
    anselm anshul antoine anton antonina anu anuj anupama anuradha anwen aparna april aqsa arabella arash arben
    archana archibald ardit aretha arfan ariel arif arindam arkadiusz arkady arlo armand arnaud arnie arran arron
    arshad arta arti arty arvid arvind arwa arwel asad asher ashish ashlee ashleigh ashlyn ashwin asim asiya aslam
    ateeq athol atif atul aubree auden augustus aurelie aurelio avni avtar awad axel aya ayan ayla ayman ayse aysel
    azadeh azaria azhar azra azza babar bahar balbir baljit balraj balwinder bao barnabas bartek bartholomew bartosz
    basel bashir bashira basia basim basma batool bea bearnard beata beatriz behnaz behrouz belen bella bengt benito
    benji benny benoit benson berenice berk bernice bernie bertie besnik betsy bettina bev bevan bhavesh bhavin
    bhupinder bijan bilal billie bilqis bina binh birgit bjorn blair blake bleddyn blerim blythe bobbie bobby bogumil
    boguslaw bola boyd bozena brad bradley bram branwen bray breda brendon brenna brett briana brianna bridie brigid
    brigitte britt britta brody brogan bronagh bronte bruno bryony bukola bunty burak bushra byron cade caio caleb
    callie calvin camila camille candice caoimhe carey carlotta carlton carly carmela carolina carys casey casper cate
    cathal cathryn celeste celina celine cesar chad chandra chanel chantal chantel charanjit charley charmaine chas
    chen chesney chetan chiamaka chidinma chika chike chinwe chrissie christa christelle christie christobel
    christophe chuck chukwuemeka chun cian ciaran cillian cindy clarence clarissa claude claudette claudine clem
    clemence clement clementine cleo clint cody colby cole coleen colleen conall concetta connie connor constantine
    consuelo cordelia corinna corinne cormac cory cosmin cosmo costel cressida crispin cristina cuong curtis cuthbert
    cyrus daffyd dagmar dahlia dai daithi dalal dalia daljit dalton damien damini damon dana dane danish danni dannii
    danuta dao dapo dara darcey darcy daria dario darius dariush dariusz darlene darlington darragh darrel darrell
    darryl darshan darshana dashiell davey davina davinder dawid dax daz deana deanna dearbhla deb debora debs deena
    deepa deepali deepika deidre dele delilah della delores delphine demi deniz denny denys denzel denzil deqa derya
    desiree devi dexter dharmesh dhruv dianne diarmuid dick dicky didier diego dieter digby dilek dilip dilwyn dima
    dimple dina dinah dinh dion dionne dionysia dirk divya dixie dmitri dmitry dolly dominique donal dong donncha
    donnchadh donnie donny donovan dorcas dorian dorin dorota dorothea dottie dougie drita drusilla duc dulcie dumitru
    dung dwayne dwight dympna eamonn ebele eben ebo ebru edie edona eduardo edwina edyta eero efe effie ehsan eilish
    eithne ejike ekaterina ekene ela eleanora elfed elfreda elia eliana elin elinor elira elise elisha elke elma elmer
    elodie eloise elouise elroy elsa elton elva elwyn elzbieta eman emil emile emilie emilio emine emmett emmie emre
    enda enitan enoch enrique enver eoghan eoin ephraim erdem erik erika erina ernestine errol erwin esau esi
    esmeralda esmond esperanza esra esta esteban estella estelle ethelbert etienne etta ettie euan eugenia eugenie
    eunan eustace evander evangeline evie ewart ewelina ezekiel fabian fabien fabio fabrice fadi fadumo faiza faizan
    fang fanny farhad farhana farhiya fariba farrah farrukh farzad farzana fatemeh faten fatih fatma fatmir fatou
    faustina fauzia fawzia fazal fearghal federica federico felipe femi fenella feng fenton ferdinand fereshteh fergal
    fernanda fernley fiachra fidelma fifi fikret filip filipa finbar fintan fionn fionnuala firas fitz flavia flo
    floella florian florin floris flossie floyd flutura folake folasade forbes francine franciszek franco francois
    francoise frankie franz fraser frazer freddy fredrick freja frieda funmi fyodor gabby gabe gaby gagan galina
    ganesh gaurav gayle gaynor gaz gbenga gearoid geeta geetha gemima genevieve gennady geordie georgie geraint
    geraldo gerallt gerardo gerda germaine gerry gertie gethin ghada ghassan ghazala gheorghe ghislaine gia gianluca
    gideon gilbert gilda giles gilles gillie gilly ginette ginny giorgio girish gisela giselle gita giuseppe gladwyn
    glenys godwin golda goldie golnaz gonzalo gopal gordie govind gracie graciela grainne grazyna greer gregor greig
    grenville gretchen grete griff griffin griffith grigori griselda grzegorz guadalupe gudrun guillaume guinevere
    gulsen gulshan gulzar gunnar gunther guo gurbax gurdeep gurjit gurmeet gurpreet gurvinder gus gussie gustav
    gustavo gwenda gwendoline gwilym gwynne habiba hadley hafiz haifa haitham hakan hala haleema halil halima halina
    hamed hameed hamida hamish hanan haneen hanh hani hank hanna hanneke hans hansa hao harbans hardik haresh hari
    haris harish harjinder harlow harminder haroon harriett harsh harsha haruto haseeb hassanatou hatem hatice hattie
    havelock haydn hayes hazem heba hebe hedley heidi heike heikki heinrich heinz helene helmut heloise hema hemant
    hemlata henk henley henri henrik henryk hephzibah hermione hernan herve hester hetal hettie hetty hew hien hieu
    hilaire hilde himanshu hiral hiram hiroshi hisham hitesh hoa hoang hodan hollie hong horatio horia horst hortense
    hossein houda howie hua huda hudson huey hughie hui hulya humaira humza huong huseyin huw hyacinth hyun hywel
    iarla ibukun idowu idwal iestyn ieuan ife ifeanyi ifrah iftikhar iga ignacio ignatius igor ihab ihor ijaz ike
    ikenna iker ikram ilie ilir ilona ilse ilyas iman imelda immy imtiaz inayat indie inge ingeborg ingram inna
    intisar iola iolo iona ionut iqbal iqra irena irfana irmgard irshad irvin irvine irving iryna isabela isadora
    ishaan ishaq ishita ishrat islam isobelle israr issac issy ita iulian ivana ivo iwan izaak izzy jabeen jacinta
    jacky jacquelyn jacques jacquie jadwiga jagjit jago jagtar jahangir jai jaime jaimie jakub jalen jamaal jamil
    jamila jana janelle janey janie janis janusz jarlath jaroslaw jarrod jarvis jasbir jasmina jasmyn jaspal jasvinder
    javad javaid jaxon jaxson jaya jayant jayda jayesh jaymin jayshree jazmin jeanie jeannette jeannie jed jedd
    jeffery jem jemma jenna jenni jennings jens jensen jeroen jerrold jerzy jessamy jessika jethro jia jian jiang jie
    jignesh jihad jiho jillian jimi jing jitendra jitesh joachim joao joaquim joaquin jocelyn jock jodi jodie jody
    johan johann johnathan johnnie joni jonny joost jordana jorgen jory josefa josette josiah josie joss jourdan juana
    jud jules julien julieta juliette julio julius jun junaid jurgen justina jutta jyoti kacper kaden kai kailash
    kaitlin kaleb kaleem kalpana kamala kamaljit kamlesh kane kaneez kanta kara karan karima karin karina karis karla
    karlie karsten kartik kashmir kassie katelyn kateryna kathal katherin katia katja katrin katya kausar kaushik
    kaveh kaya kayden kaye kayla kazimierz keanu keaton keegan keenan kehinde keiko keir keira keisha kelan kelechi
    kellie kelsey kemal kemi kendall kendrick kenji kenton kenzie keri kerri kerrie kester ketan kev kewal keziah
    khadra khaled khalida khanh khurram khurshid kian kianoush kieron kiki kimberly kinga kira kiran kirit kirstie
    kirstin kirti kishan kishore kitty klara klaus kobina kody kojo komal konstantin korey kris krishan krista kristen
    kristian kristin kristopher krystal ksenia kujtim kulsoom kulwant kulwinder kunal kunle kurt kurtis kusum kwabena
    kwaku kwasi kwesi kyla kylie kyra lacey laetitia laiba laila lainey lakhbir lalit lalita lamar lamia lan lancelot
    lanie lanre laoise larisa larissa larry lars lasse lata latif laurent laurie lavinia lawson layan layton leander
    leandro lech leela lei leif leigh leighton leili leland lemuel leona leonora leopold leora lester leszek leticia
    lettice letty lew lexi lexie leyla li liana liaqat libby lidia lien liesel lieselotte lila lilah lilias lilith
    lillie lin lina linford ling linh linnea linus linzi lise lissa liudmila liv livia liviu liza lizbeth llinos
    lonnie lorcan lorena lorenzo loris lothar lotte lotty louella lourdes loveday lowell lowri luana lubna lucian
    luciana lucie lucien lucienne lucille lucius ludmila ludovic luisa luiz lukasz lule lulu luther lutz lyall lyanne
    lydie lyla lyle lynden lyndon lynsey lyra lyudmila maarten mabs mac macey maciej mackenzie macy madalina maddie
    maddy madge madhu madhuri mae maggs magnus mags maha mahad maham mahamed mahdi mahendra mahesh mahnaz mahnoor
    mahsa mahshid mai maira mairead maisy majid maksim mal mala malachi malachy malak malgorzata mali mallory malti
    malvina mamadou mamie manal mandeep mandie manfred mangal manish manisha manju manmohan manny manon manpreet
    manuela manus maqsood mara marcel marcela marcell marcelle marci marcie marcin mared marek margarita margaux
    margie margo margot marguerita marguerite mari mariama mariana mariano marieke mariel marielle marietta marilla
    marine marisa marisol marissa marius mariusz mariya marjory markus marla marleen marley marlon marnie martim
    martine marty marwa marwan maryann maryanne marylou maryum masood massimo massoud mathew mathias mathieu mathilda
    mathilde matilde mats matthias mattie matty maude maudie maura mauricio maurizio maxim mayada mazen mcauley meena
    meera meg meggie megha mehdi mehmood mehran mehreen mehul mehwish meiling meinir mel melek melinda menna mercedes
    meriel merle merlin merryn mert merv mervyn meryem meryl meurig mhairi micaela micah michel micheline mickey
    mieczyslaw miguelangel mihai mikael mikey mikhail mikko milagros milan milo milton mimi minal minerva ming minh
    minjun minna minty mira mirabel mirabelle mircea mireille mirela miroslaw mishal mitch mitchell mitesh mitra moeen
    mohinder mohsen mohsin mojgan mollie monika monique montague montserrat monty morgan morgana morris mort mortimer
    morwenna mubarak mudassar muireall muireann muiris mukesh mukta mungo munir munira murad murat murdo murdoch
    murray murtaza musa mushtaq myfanwy mykola myles myrna myron nabeel nada nadeema nader nadezhda naeema nafisa
    nagla nahla naila najam najma najwa nalini naman namrata nanda nanette naoko naomie narendra naresh nasim nasima
    nasrin nasser natalya natasja nate nathalie natividad natty naveen navid navin navjot navneet nawal naz nazia
    nazir nazma neal ned neelam neena neeraj neeta neetu nel nelly nelson nerissa nesrin nessa nesta nev neve neville
    nga ngoc nguyen nhung niamh niaz nicki nicol nicolae nicoletta nidal nidhi niels nighat niki nikolai nikunj nilesh
    nilgun niloufar nils nimesh nimo ning ninian niraj nirmal nirmala nishant nitin nkechi nkiru nnamdi nneka noeleen
    noeline noelle noemie nolan nollaig noman nona nonie nonso norbert norris nosheen nouf nour noura nuno nutan nye
    nyla oakley oberon obinna octavia octavian octavio odell odile odin ogechi oisin oksana ola olaf olav ole oleg
    oleh oleksandr olena olivier oliwia olli ollie olu oluchi olumide olwen olwyn omer omnia onur onyeka oona opeyemi
    oran orhan orla orlaith orlando orson orville osama osbert osborne osher oskar osmond osvaldo othman ottilie otto
    ottoline ousmane ovidiu owain ozlem padma padraic padraig paloma pandora paolo paramjit paresh parisa parminder
    parul parvati parveen parvez parvin pascale pascoe patrice patricio patryk patti pattie patty paulette paulina
    paxton payam paz peader pearce peng pepe perdita peregrine perpetua pervaiz petro petronella peyton phelan
    philbert phileas philippe philomena phineas phuong phylis pia pierce piers pieter pilar pinar piper pippa pirkko
    pooja poonam portia pouya prabha prabhjot pradeep pradip pragna prasad prashant pratibha pratik praveen preet
    preethi prem premila prisca prithvi priyanka proinsias pru prue prunella przemyslaw purvi pushpa qaiser qasim
    qiang qing quang queenie quincy quinn qusay quynh rachelle rachna radha radoslaw radu rae raed rafaela rafal rafe
    rafferty rafi rafiq raghad raghav raghbir raheela rahila rainer rajan rajeev rajendra rajiv rajni rajveer rakesh
    raksha ralf raluca rama ramadan ramanjit ramila ramnik ramon rana ranbir randal randall randolph rani rania ranjan
    raoul raphael rasha rashad rashda rashmi rasmus ratan rayan raylene rayna raza razvan reagan reanna rebeca recep
    reem reese regan regina regine rehan rehman reid reilly reinhard rekha remi remus remy renate renato renee renu
    resham reshma reva reza rhea rhett rhia rhianna rhianwen rhodri rhonda rhonwen rhydian ria rian riana richie ricki
    rico ridley riley rima rioghnach riordan rishi ritchie ritesh ritu rizwan rizwana roan robina robson rocco rocio
    roddy roderick rodrigo rohanna rohini rohit rola rolf rollo romain romeo romilly romy rona ronda rong ronny roo
    roopa rosaleen rosalia rosalie rosalinda rosaline rosamond rosamund rosario roseanna roseanne roseline rosetta
    roshan roshni rosy rowland roxana roxie roxy roya ruairi ruairidh ruba rube ruben rubin rubina ruchi rudi rudolf
    rudy rufina rui rukhsar rupa rupal rupinder ruthie ruud ryder rylan ryszard saad saba sabah sabastian sabiha
    sabine sabir sacha sachin sadaf sadhbh sadiq saeed safa safdar safia sagal sagar sahar sahil sahra saif saima
    sajida sajjad sakeena sakura sal salah salam saleema salina sallie salome salvador salvatore salwa samar sameera
    sami samia samina sammi sammie sammy samson sanam sanaz sander sandie sandip sandrine sandy sangeeta sanjana
    sanjeev sanjiv sanjivani sanne santiago santosh saoirse sapna saqib sarabjit sarfraz sarika sarla saroj sasha
    saskia satish satpal satvinder satya savita seamas seb seema segun sehrish seline selma selwyn seojun septimus
    seraphina seraphine serge sergei sergey sergiy serhiy serina seumas seun sevgi sextus seyma shade shadi shae
    shafiq shafqat shagufta shahbaz shahida shahla shahnaz shahram shailesh shaima shaista shakeel shakuntala shalini
    shamima shamsa shan shana shania shanice shanon shanta shante shanti sharad sharda sharif sharmila sharron shashi
    shawn shayla shayne shaz shea sheetal shehzad sheikh sheldon shelly shereen sheridan sherri sherry shilpa shirl
    shiv shiva shoaib shobha shobhana shonagh shu shumaila shweta shyam siavash sib sibel sibyl sidonie sidra
    siegfried sigrid sigurd silas silke silvana silvio simao simeon simin simranjit sinclair sion sioned siu skye
    skylar slawomir smita sneha sohaib soham soheila sola solange soledad solomon solveig sonal sonali sondra sonny
    soraya sorcha soren sorin soyeon stacie stacy stanislaw stanislawa stefani stefania stefano steffan stepan steph
    stephan stephane stevie stig struan stu suad subhash sudha sudhir sughra suha suhail sujata sukhbir sukhjit
    sukhvinder sukhwinder sukie suleyman sulochana sultan suman sumaya sumit sumitra sunniva suraj surbhi surekha
    suresh surjit susana susanne sushila sushma susy sven svetlana svitlana swati syed sylvain sylvan sylvester sylvie
    szymon tabassum tabatha tabby tadeusz tadhg tahira taiwo takeshi talat talha talia talitha tallulah talula tamar
    tamer tammy tamzin tania tansy tanveer tanzeela tao taras tareq tarquin tarsem tarun tash tasleem tasneem tatum
    tatyana tauqeer tawny tayyab tayyaba teagan teddy tegan teigan tejal temi temitope teodor teodoro teri terrence
    terri tessie thad thaddeus thalia thanh thao thea theobald theodora theodosia theresia thi thiago thibault thierry
    thijs thirza thom thora thornton thorsten thu thurston thuy tiago tiana tiegan tien tiernan tierney tiffani tilda
    tillie tilly timmy ting titus tobi tomos tonia torin torquil tory tove toyin trang traudl travis trent trinh
    trisha trixie troy truman trupti trygve tuan tudor tudur tugba tulay tulsi turgut turlough tushar tuyet tyra
    tyrell tyson uche uday ufuk ugo ulric ulrich ulrike ulysses umair umar umer umesh umit una upasana urban uriah
    urmila urszula usha uwe uzma uzoma vahid vaishali val valarie valbona valda valentin valeri valeria valmai vance
    vandana varsha varun vasant vasanti vasco vasile vasyl vaughn veena velma verena verna veronique vic vicente
    victorine vidya vijaya vikas vikash viktor viktoria vilma vimal vimla vina vinh vinita vinnie vinod violetta
    viorel vipul virat virendra virgil virginie vishal vishnu vita vitaliy vittoria viv vivek viviane vjosa vladimir
    volkan volodymyr wael wafa wahid wajid waldemar waldo wale waleed walid walt walton waltraud waqar waqas warsame
    warwick wasim wat wedad wei wen wendell wenna werner wesley whitney widad wieslaw wieslawa wiktor wil wilbert
    wilbur wilf wilhelm willa willem willis wilson winnie winnifred winona wioletta witold wladyslaw wojciech wolfgang
    wouter wyatt wyn wynford wynn wynne xander xanthe xena xia xiao xiaoming xiaoyan xiomara xiu xue yaa yael yahya
    yalda yale yana yang yaqoob yara yaroslav yas yash yasin yasir yasmina yaw yazan yazmin yelena yemi yen yetta
    yevgeny yewande yi yildiz yilmaz ying yinka yogesh yogita yoko yong younes yousef yu yuan yue yulia yuliya yun
    yunus yuri yusra yvaine yves yvie yvon zac zach zachariah zadie zafar zaheer zahida zaid zain zainabu zaira
    zakariya zakir zamzam zandra zane zareen zaria zayd zayn zbigniew zdzislaw zeb zebedee zeenat zehra zeina zeinab
    zelda zelma zephyr zhen zhi zia ziad zina zion zita zohra zohreh zola zora zoya zubaida zuleika zulfiqar zuri
    zygmunt
    """
)
