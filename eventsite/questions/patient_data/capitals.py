"""Words with a capital letter that name nobody: the first of a sentence, organisations, places, laws and illnesses."""

from eventsite.questions.patient_data.wording import words

AT_THE_BEGINNING = words(
    """
    A About After Also Although Am An And Any Are Ask As At Be Because Before Both But By Can Could Currently Dear Did
    Do Does Each Either Even Every Few For From Given Had Has Have Having He Hello Her Here Hi His How If Imagine In
    Is It Its Just Last Let Like Many Maybe May Might Most Must My Neither Next No Not Now Of On Once Only Or Our
    Perhaps Please Poor Re Recently Regarding Sadly Said Says Shall She Should Since So Some Suppose Tell Thank Thanks
    That The Their Then There These They This Those Though Through To Today Tomorrow Under Unless Unlike Until Was We
    Were What When Where Whether Which While Who Whom Whose Why Will With Without Would Yes Yesterday You Your
    Prisoner Pensioner Veteran Little Young Old Poor Inmate Bed Name Names Details Brave Lovely Elderly Newborn Baby
    Centenarian Toddler Teenager Widow Widower Twin Twins Triplets Infant Resident Client Carer Grandmother Grandfather
    """
)
ORGANISATIONS = words(
    """
    Academy Access Act Agency Alliance Ambulance Answers App Apps Artificial Association Award Awards Bioscience Board
    Breakfast Care Center Centre Chair Charity Chat Chief Choice Choices Clinic Clinical Cloud College Commission
    Committee Community Company Conference Consultant Copilot Corporation Council Data Day Department Digital Direct
    Director Directorate Disease Disorder Doctor Dot Emergency Engagement Enquiry Event Executive Experience Federated
    Federation Flow Forum Foundation Framework Freedom Friends Fund Gallery Google Group Groups Guidance Guideline
    Guidelines Health Healthcare Helpline Home Homes Hosp Hospice Hospital Hospitals House Improvement Inc Index
    Infirmary Initiated Innovation Inquiry Institute Institution Intelligence Intensive Journal Knows Lab Laboratories
    Labs Language Large Lead Learning Level Limited Line Ltd Machine Magazine Manager Medical Medicine Mental
    Microsoft Minister Ministry Model Models Museum National Natural Nervecentre Network Networks Notes Nursing Office
    Officer Online Palace Panel Partners Partnership Pathway Pathways Patient Patients Pharmacy Plan Platform Plc
    Policy Practice Primary Prize Professor Programme Project Quality Question Questions Record Records Regulation
    Report Reported Research Review Road Royal Rule Safety Scale Scheme School Score Screening Secretary Service
    Services Sharing Society Software Solutions Speak Spine Square Staff Standard Standards Strategy Street Study
    Summit Support Surgery Survey Syndrome System Systems Teaching Team Teams Technologies Technology Test Theatre
    Therapeutics Tool Toolkit Tools Trial Trust Trusts Union Unit University Up Voice Ward Word Works
    """
)
OTHERS = words(
    """
    Accident Adult Adults Age American April August Autumn Azure Bank Belfast Best Birmingham Black Blood Bradford
    Brain Breast Bristol Britain British Cambridge Cancer Cardiff Cardiology Carers Central Cerner Children Christmas
    City Coast Cornwall County Country Covid Deaf December Deep Dementia Derbyshire Dermatology Devon Diabetes Down
    Downs Easter Eastern East Edinburgh Eight England English Epic Essex Europe European February First Five Four
    Friday General Glasgow Good Grand Great Greater Greenwich Guardian Guardians Heart Herts Holy Home Imaging
    Imperial Improving Ireland Irish January July June Kent Kidney Kingdom Kingston Lancashire Lancet Lane Leeds
    Leicester Life Liverpool London Long Lower Lung Manchester March Marsden May Member Men Mersey Midlands Mind
    Monday Nature New Newcastle News Norfolk North Northern November Nottingham October Older Oldham Old Oncology One
    Open Oracle Oxford Park Parliament Pathology People Post Prime Princess Prince Public Queen King Radiology
    Regional Saint Saturday Scotland Scottish Second September Seven Sheffield Shire Short Six Small Social South
    Southern Spring St Stage Stroke Suffolk Summer Sunday Super Surrey Sussex Ten Third Three Thursday Time Times
    Tuesday Two Type United University Upper Valley Village Wales Wednesday Welsh West Western Westminster Windows
    Winter Women World Year York Yorkshire Young
    """
)
"""Two capitals in a row with one of these are a place or a thing, unless a first name or a title stands in front."""
ILLNESSES = words(
    """
    Addison Addisons Alzheimer Alzheimers Asperger Aspergers Barre Barrett Body Creutzfeldt Crohn Crohns Cushing
    Danlos Down Dupuytren Ehlers Gehrig Graves Guillain Hashimoto Hodgkin Hodgkins Huntington Huntingtons Jakob Kaposi
    Kawasaki Klinefelter Korsakoff Lewy Marfan Meniere Paget Parkinson Parkinsons Perthes Prader Raynaud Rett Reye
    Sjogren Tourette Tourettes Wernicke Willi Wilms
    """
)
NOT_SOMEBODY = words(
    """
    Abby Ada Aimee Alexa Alex-bot Alice-bot Amelia Anima Babylon Bard Bay Bella Bing Bixby Buoy Case Claude Cleo Cora
    Corti Dax Doctolib Dora Dragon Ella Eliza Ellie Elsa Epic Ernie Eva Florence Gemini Genie Gemma Grok Hal Heidi Hey
    Ivy Jarvis Jasper Joy Kaia Lara Leo Limbic Lily Llama Lois Luna Lyra Magic Marvin Max Mia Mika Milo Mira Mistral
    Molly Nabla Nora Nova Olive Ollie Pepper Perplexity Pi Robin Rosa Rosie Sage Samantha Siri Sophie-bot Suki Tess
    Thea-bot Tortus Tortoise Viz Watson Wysa Woebot Xena Zara Accurx April August Easter Christmas Devon Kent Lincoln
    Chester Preston Florence Victoria Jordan India Georgia Jersey China Paris Chelsea Jan Feb Mar Apr Jun Jul Aug Sep
    Sept Oct Nov Dec Mon Tue Wed Thu Fri Sat Sun Ref Tel Mob Fax Age Aged Sex Born Male Female Martha Jess Oliver
    Python Java Julia Ruby Ira Mark Will May Grace Faith Hope Lewis Marie Guy
    """
)
"""First names that a bot, a tool, a rule, a place or a month has just as often: alone they name nobody."""
