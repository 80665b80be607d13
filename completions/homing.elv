
use builtin;
use str;

set edit:completion:arg-completer[homing] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'homing'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'homing'= {
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
            cand generate 'Show the exact commands for one tracker or a whole CSV'
            cand send 'Send one tracker''s commands now, wait for each answer, read the settings back'
            cand batch 'The same for a CSV, through a journal: run, status, resume, report'
            cand verify 'Read the settings back and compare them with what they should be'
            cand identify 'Find out which dialect a tracker obeys, by questions that change nothing'
            cand locate 'Ask a tracker where it is; its buzzer or light where a source gives the command'
            cand probe 'Is the server reachable: DNS, TCP and UDP, each with a verdict and what to do'
            cand decode 'Explain captured bytes: which protocol, every field, what is wrong'
            cand check 'The loopback check: generated and golden frames over real sockets, every field compared'
            cand listen 'Stand in for the server: show what trackers say, answer, relay, record'
            cand simulate 'Be one tracker or many towards a server; on this machine unless it is allowed to leave it'
            cand apn 'The access point of a SIM card: which ones are known, and which one --apn auto takes'
            cand estimate 'What a plan and an interval cost: SMS, bytes a day, days of a battery'
            cand profile 'The catalogue of tracker families'
            cand port 'The serial ports of this machine'
            cand modem 'A GSM modem: what it is, whether it could send, what lies in its stores'
            cand gateway 'SMS gateways: what is known of each, and whether one takes its credentials'
            cand lab 'A rehearsal: virtual modems, trackers behind their numbers, an SMS gateway'
            cand completions 'Print the completion script for a shell'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'homing;generate'= {
            cand --imei 'IMEI, 15 digits'
            cand --device-id 'The maker''s own id, where that is not the IMEI'
            cand --phone 'Number of the tracker''s SIM, as +573001234567'
            cand --iccid 'ICCID of the tracker''s SIM'
            cand --imsi 'IMSI of the tracker''s SIM, by which --apn auto finds its operator'
            cand --sim-id 'The SIM''s id at a gateway'
            cand --name 'A name for people'
            cand --country 'Country of numbers written without +, as CO or 57'
            cand --apn 'APN of the SIM; auto finds it by the SIM''s operator, auto:WORD chooses where there are several'
            cand --mcc-mnc 'With --apn auto: MCC and MNC of the SIM''s home network, as 732101 or 214-07'
            cand --apn-database 'With --apn auto: a serviceproviders.xml, or built-in [default: the system''s where it is newer, else built-in]'
            cand --apn-user 'User name for the APN'
            cand --apn-password 'Password for the APN: file:PATH, env:NAME or ask [env: HOMING_APN_PASSWORD]'
            cand --login 'Login name of the tracker''s SMS commands'
            cand --password 'Password of the tracker''s commands: file:PATH, env:NAME or ask [env: HOMING_PASSWORD]'
            cand --server 'Server: a configured name or HOST[:PORT] [default: plaspy]'
            cand --by 'Give a named server by its domain or by its ip'
            cand --transport 'tcp or udp [default: the first the tracker has]'
            cand --interval 'Time between two reports, as 60, 60s or 5m'
            cand --timezone 'Time zone of the tracker''s clock, as UTC or +05:30'
            cand --set 'Any other setting of the profile; a secret one as NAME=file:PATH, env:NAME or ask'
            cand --fleet 'A CSV of trackers, or - for standard input; flags fill its empty cells'
            cand --routine 'Routine of the profile: provision, verify, identify or one of its own'
            cand --step 'Single steps instead of a routine, in this order'
            cand --without 'Leave a step of the routine out'
            cand --assume 'Allow a form that no source gives for this tracker, by its word, as udp'
            cand --form 'Form of the commands'
            cand --packet 'Packet number of the first link frame: one character from : to ~, or 58 to 126'
            cand --format 'Output'
            cand --out 'Folder for the pictures and the printable page of --format qr'
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand --skip-bad 'Go on without the rows that have an error, and list them at the end'
            cand --factory-reset 'Begin with the factory reset, which erases the tracker''s settings'
            cand --destructive 'Allow single steps that erase, lock out or stop reporting'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'homing;send'= {
            cand --imei 'IMEI, 15 digits'
            cand --device-id 'The maker''s own id, where that is not the IMEI'
            cand --phone 'Number of the tracker''s SIM, as +573001234567'
            cand --iccid 'ICCID of the tracker''s SIM'
            cand --imsi 'IMSI of the tracker''s SIM, by which --apn auto finds its operator'
            cand --sim-id 'The SIM''s id at a gateway'
            cand --name 'A name for people'
            cand --country 'Country of numbers written without +, as CO or 57'
            cand --apn 'APN of the SIM; auto finds it by the SIM''s operator, auto:WORD chooses where there are several'
            cand --mcc-mnc 'With --apn auto: MCC and MNC of the SIM''s home network, as 732101 or 214-07'
            cand --apn-database 'With --apn auto: a serviceproviders.xml, or built-in [default: the system''s where it is newer, else built-in]'
            cand --apn-user 'User name for the APN'
            cand --apn-password 'Password for the APN: file:PATH, env:NAME or ask [env: HOMING_APN_PASSWORD]'
            cand --login 'Login name of the tracker''s SMS commands'
            cand --password 'Password of the tracker''s commands: file:PATH, env:NAME or ask [env: HOMING_PASSWORD]'
            cand --server 'Server: a configured name or HOST[:PORT] [default: plaspy]'
            cand --by 'Give a named server by its domain or by its ip'
            cand --transport 'tcp or udp [default: the first the tracker has]'
            cand --interval 'Time between two reports, as 60, 60s or 5m'
            cand --timezone 'Time zone of the tracker''s clock, as UTC or +05:30'
            cand --set 'Any other setting of the profile; a secret one as NAME=file:PATH, env:NAME or ask'
            cand --routine 'Routine of the profile: provision, verify, identify or one of its own'
            cand --step 'Single steps instead of a routine, in this order'
            cand --without 'Leave a step of the routine out'
            cand --assume 'Allow a form that no source gives for this tracker, by its word, as udp'
            cand --via 'Courier: cable:PORT, modem:PORT, gateway:NAME, manual (you and your phone) or lab (a rehearsal)'
            cand --timeout 'Longest wait for an answer, in place of the profile''s own, as 2s'
            cand --sms-price 'Price of one short message, to say what it will cost'
            cand --webhook 'Take a gateway''s incoming messages at this address of this machine instead of asking for them, as 127.0.0.1:8080'
            cand --ca-file 'Certificates to trust beside the system''s, as PEM, for a gateway of one''s own'
            cand --format 'Output'
            cand --apn-from 'With --apn auto: take the network of the SIM card in the modem of --via, where the tracker''s is of the same'
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand --factory-reset 'Begin with the factory reset, which erases the tracker''s settings'
            cand --destructive 'Allow single steps that erase, lock out or stop reporting'
            cand -y 'Send without asking'
            cand --yes 'Send without asking'
            cand --no-identify 'By SMS, send without asking first which dialect the tracker obeys'
            cand --dry-run 'Show every message, send nothing'
            cand --show-secrets 'With --dry-run, show secrets too'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'homing;batch'= {
            cand --journal 'The journal, instead of $XDG_STATE_HOME/homing/journal.db'
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help'
            cand --help 'Print help'
            cand run 'Begin a batch, or go on with the one that this CSV began'
            cand list 'The batches of the journal'
            cand status 'How far a batch is; also while it runs'
            cand resume 'Go on with a batch, as it was begun or with a corrected CSV'
            cand resolve 'What nobody knows the outcome of, and a person''s word on it'
            cand confirm 'Who reports, out of what the platform exports of its units'
            cand report 'What became of every tracker'
            cand cancel 'Send nothing more of a batch'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'homing;batch;run'= {
            cand --profile 'Profile of the rows that name none'
            cand --name 'Name of the batch [default: the file''s name without its ending]'
            cand --country 'Country of numbers written without +, as CO or 57'
            cand --apn 'APN of the SIM; auto finds it by the SIM''s operator, auto:WORD chooses where there are several'
            cand --mcc-mnc 'With --apn auto: MCC and MNC of the SIM''s home network, as 732101 or 214-07'
            cand --apn-database 'With --apn auto: a serviceproviders.xml, or built-in [default: the system''s where it is newer, else built-in]'
            cand --apn-user 'User name for the APN'
            cand --apn-password 'Password for the APN: file:PATH, env:NAME or ask [env: HOMING_APN_PASSWORD]'
            cand --login 'Login name of the tracker''s SMS commands'
            cand --password 'Password of the tracker''s commands: file:PATH, env:NAME or ask [env: HOMING_PASSWORD]'
            cand --server 'Server: a configured name or HOST[:PORT] [default: plaspy]'
            cand --by 'Give a named server by its domain or by its ip'
            cand --transport 'tcp or udp [default: the first the tracker has]'
            cand --interval 'Time between two reports, as 60, 60s or 5m'
            cand --timezone 'Time zone of the tracker''s clock, as UTC or +05:30'
            cand --set 'Any other setting of the profile; a secret one as NAME=file:PATH, env:NAME or ask'
            cand --routine 'Routine of the profile: provision, verify, identify or one of its own'
            cand --step 'Single steps instead of a routine, in this order'
            cand --without 'Leave a step of the routine out'
            cand --assume 'Allow a form that no source gives for this tracker, by its word, as udp'
            cand --via 'Courier: modem:PORT, gateway:NAME or lab (a rehearsal; lab:silent and the like fill the column lab where it says nothing); several share the work'
            cand --timeout 'Longest wait for an answer, in place of the profile''s own, as 2m'
            cand --per-minute 'Short messages a minute by each courier [default: as fast as it takes them]'
            cand --jitter 'How far a message may be early or late in the pace, as a share of the time between two [default: 20%]'
            cand --daily-cap 'Short messages by each courier and day (UTC)'
            cand --courier-within 'How long the couriers are waited for while none works [default: 15m, and 6h once one worked]'
            cand --quiet-hours 'Send nothing at these hours of the day, as 22:00-07:00 (UTC) or 22:00-07:00+02:00; answers count as ever'
            cand --tracker-cap 'Short messages to each tracker, those of earlier runs included: then it waits for a run that allows more'
            cand --max-sms 'Short messages of the whole batch: then it stops'
            cand --sms-price 'Price of one short message, to say what it will cost'
            cand --ca-file 'Certificates to trust beside the system''s, as PEM, for a gateway of one''s own'
            cand --pilot 'First only so many trackers, each asked what it is before any of them is changed'
            cand --pilot-pass 'Share of the pilot that has to end well before the others begin [default: 90%]'
            cand --expect-report 'Listen here for the trackers'' reports, by TCP and UDP: PORT (on this machine only), ADDRESS or ADDRESS:PORT; who reports ends as reporting'
            cand --report-within 'How long after its last command a tracker''s first report is waited for [default: 10m, in the lab 10s]'
            cand --journal 'The journal, instead of $XDG_STATE_HOME/homing/journal.db'
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand --skip-bad 'Go on without the rows that have an error, and list them at the end'
            cand --factory-reset 'Begin with the factory reset, which erases the tracker''s settings'
            cand --destructive 'Allow single steps that erase, lock out or stop reporting'
            cand --identify-first 'Ask every tracker what it is before any of them is changed'
            cand -y 'Send without asking'
            cand --yes 'Send without asking'
            cand --no-identify 'Send without asking first which dialect each tracker obeys'
            cand --dry-run 'Show every message, what it costs and how long it takes; send nothing'
            cand --show-secrets 'With --dry-run, show secrets too'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'homing;batch;list'= {
            cand --format 'Output'
            cand --journal 'The journal, instead of $XDG_STATE_HOME/homing/journal.db'
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'homing;batch;status'= {
            cand --format 'Output'
            cand --journal 'The journal, instead of $XDG_STATE_HOME/homing/journal.db'
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand --json 'The same as --format json'
            cand --strangers 'Show the messages that came since it was begun and were of no tracker of the batch at work'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'homing;batch;resume'= {
            cand --with 'A corrected CSV: rows that changed begin anew, new ones are added, the others stay as they are'
            cand --via 'Courier: modem:PORT, gateway:NAME or lab (a rehearsal; lab:silent and the like fill the column lab where it says nothing); several share the work'
            cand --timeout 'Longest wait for an answer, in place of the profile''s own, as 2m'
            cand --per-minute 'Short messages a minute by each courier [default: as fast as it takes them]'
            cand --jitter 'How far a message may be early or late in the pace, as a share of the time between two [default: 20%]'
            cand --daily-cap 'Short messages by each courier and day (UTC)'
            cand --courier-within 'How long the couriers are waited for while none works [default: 15m, and 6h once one worked]'
            cand --quiet-hours 'Send nothing at these hours of the day, as 22:00-07:00 (UTC) or 22:00-07:00+02:00; answers count as ever'
            cand --tracker-cap 'Short messages to each tracker, those of earlier runs included: then it waits for a run that allows more'
            cand --max-sms 'Short messages of the whole batch: then it stops'
            cand --sms-price 'Price of one short message, to say what it will cost'
            cand --ca-file 'Certificates to trust beside the system''s, as PEM, for a gateway of one''s own'
            cand --pilot 'First only so many trackers, each asked what it is before any of them is changed'
            cand --pilot-pass 'Share of the pilot that has to end well before the others begin [default: 90%]'
            cand --expect-report 'Listen here for the trackers'' reports, by TCP and UDP: PORT (on this machine only), ADDRESS or ADDRESS:PORT; who reports ends as reporting'
            cand --report-within 'How long after its last command a tracker''s first report is waited for [default: 10m, in the lab 10s]'
            cand --journal 'The journal, instead of $XDG_STATE_HOME/homing/journal.db'
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand --no-pilot 'Do not wait for the pilot'
            cand --identify-first 'Ask every tracker what it is before any of them is changed'
            cand -y 'Send without asking'
            cand --yes 'Send without asking'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'homing;batch;resolve'= {
            cand --sent 'It was sent: go on behind it. A tracker by its name, key or line, or all'
            cand --resend 'Send it once more, whatever became of it'
            cand --via 'With --from-inbox: read the messages in this modem too, and delete none'
            cand --format 'How what nobody knows the outcome of is listed'
            cand --journal 'The journal, instead of $XDG_STATE_HOME/homing/journal.db'
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand --from-inbox 'Take those for sent whose answer came after all: it is in the journal, or in a modem that --via names'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'homing;batch;confirm'= {
            cand --from 'What the platform exported: a CSV with a row for each unit'
            cand --id-column 'Its column with the identity that each unit is registered with'
            cand --seen-column 'Its column with the time of each unit''s last message'
            cand --zone 'Time zone of times that name none, as UTC or -05:00'
            cand --slack 'How far the platform''s clock may be off this machine''s: what it saw so shortly after a tracker''s last command proves nothing'
            cand --journal 'The journal, instead of $XDG_STATE_HOME/homing/journal.db'
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'homing;batch;report'= {
            cand --format 'Output'
            cand --only 'Only trackers that stand so: planned, sent, acknowledged, verified, reporting, refused, unknown, failed, or open'
            cand --out 'Write it here instead of on standard output'
            cand --journal 'The journal, instead of $XDG_STATE_HOME/homing/journal.db'
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'homing;batch;cancel'= {
            cand --journal 'The journal, instead of $XDG_STATE_HOME/homing/journal.db'
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand -y 'Do not ask'
            cand --yes 'Do not ask'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'homing;batch;help'= {
            cand run 'Begin a batch, or go on with the one that this CSV began'
            cand list 'The batches of the journal'
            cand status 'How far a batch is; also while it runs'
            cand resume 'Go on with a batch, as it was begun or with a corrected CSV'
            cand resolve 'What nobody knows the outcome of, and a person''s word on it'
            cand confirm 'Who reports, out of what the platform exports of its units'
            cand report 'What became of every tracker'
            cand cancel 'Send nothing more of a batch'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'homing;batch;help;run'= {
        }
        &'homing;batch;help;list'= {
        }
        &'homing;batch;help;status'= {
        }
        &'homing;batch;help;resume'= {
        }
        &'homing;batch;help;resolve'= {
        }
        &'homing;batch;help;confirm'= {
        }
        &'homing;batch;help;report'= {
        }
        &'homing;batch;help;cancel'= {
        }
        &'homing;batch;help;help'= {
        }
        &'homing;verify'= {
            cand --imei 'IMEI, 15 digits'
            cand --device-id 'The maker''s own id, where that is not the IMEI'
            cand --phone 'Number of the tracker''s SIM, as +573001234567'
            cand --iccid 'ICCID of the tracker''s SIM'
            cand --imsi 'IMSI of the tracker''s SIM, by which --apn auto finds its operator'
            cand --sim-id 'The SIM''s id at a gateway'
            cand --name 'A name for people'
            cand --country 'Country of numbers written without +, as CO or 57'
            cand --apn 'APN of the SIM; auto finds it by the SIM''s operator, auto:WORD chooses where there are several'
            cand --mcc-mnc 'With --apn auto: MCC and MNC of the SIM''s home network, as 732101 or 214-07'
            cand --apn-database 'With --apn auto: a serviceproviders.xml, or built-in [default: the system''s where it is newer, else built-in]'
            cand --apn-user 'User name for the APN'
            cand --apn-password 'Password for the APN: file:PATH, env:NAME or ask [env: HOMING_APN_PASSWORD]'
            cand --login 'Login name of the tracker''s SMS commands'
            cand --password 'Password of the tracker''s commands: file:PATH, env:NAME or ask [env: HOMING_PASSWORD]'
            cand --server 'Server: a configured name or HOST[:PORT] [default: plaspy]'
            cand --by 'Give a named server by its domain or by its ip'
            cand --transport 'tcp or udp [default: the first the tracker has]'
            cand --interval 'Time between two reports, as 60, 60s or 5m'
            cand --timezone 'Time zone of the tracker''s clock, as UTC or +05:30'
            cand --set 'Any other setting of the profile; a secret one as NAME=file:PATH, env:NAME or ask'
            cand --assume 'Allow a form that no source gives for this tracker, by its word, as udp'
            cand --expect-firmware 'The firmware that the tracker is to tell, word for word'
            cand --snapshot 'Write what was read to a new file; secrets are masked'
            cand --diff 'Compare with a snapshot in place of settings, and show what changed'
            cand --via 'Courier: cable:PORT, modem:PORT, gateway:NAME, manual (you and your phone) or lab (a rehearsal)'
            cand --timeout 'Longest wait for an answer, in place of the profile''s own, as 2s'
            cand --sms-price 'Price of one short message, to say what it will cost'
            cand --webhook 'Take a gateway''s incoming messages at this address of this machine instead of asking for them, as 127.0.0.1:8080'
            cand --ca-file 'Certificates to trust beside the system''s, as PEM, for a gateway of one''s own'
            cand --format 'Output'
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand --full 'Ask too for what the routine leaves out: time zone, second server, SMS reports, remote management'
            cand -y 'Send without asking'
            cand --yes 'Send without asking'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'homing;identify'= {
            cand --among 'Profiles to consider, when it can only be one of these'
            cand --hint 'Name on the tracker''s box: only profiles of trackers that are called so are considered'
            cand --max-sms 'Short messages that it may take at most [default: 4]'
            cand --password 'Password of the tracker''s commands: file:PATH, env:NAME or ask [env: HOMING_PASSWORD]'
            cand --phone 'Number of the tracker''s SIM, as +573001234567, for a question by SMS'
            cand --iccid 'ICCID of the tracker''s SIM, for a gateway that addresses by it'
            cand --sim-id 'The SIM''s id at a gateway that addresses by it'
            cand --imei 'IMEI of the tracker, where a question names it'
            cand --device-id 'The id that its maker gave it, where a question names it'
            cand --country 'Country of a number written without +, as CO or 57'
            cand --via 'Courier: cable:PORT, modem:PORT, gateway:NAME, manual (you and your phone) or lab (a rehearsal)'
            cand --timeout 'Longest wait for an answer, in place of the profile''s own, as 2s'
            cand --sms-price 'Price of one short message, to say what it will cost'
            cand --webhook 'Take a gateway''s incoming messages at this address of this machine instead of asking for them, as 127.0.0.1:8080'
            cand --ca-file 'Certificates to trust beside the system''s, as PEM, for a gateway of one''s own'
            cand --format 'Output'
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand -y 'Send without asking'
            cand --yes 'Send without asking'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'homing;locate'= {
            cand --imei 'IMEI, 15 digits'
            cand --device-id 'The maker''s own id, where that is not the IMEI'
            cand --phone 'Number of the tracker''s SIM, as +573001234567'
            cand --iccid 'ICCID of the tracker''s SIM'
            cand --imsi 'IMSI of the tracker''s SIM, by which --apn auto finds its operator'
            cand --sim-id 'The SIM''s id at a gateway'
            cand --name 'A name for people'
            cand --country 'Country of numbers written without +, as CO or 57'
            cand --apn 'APN of the SIM; auto finds it by the SIM''s operator, auto:WORD chooses where there are several'
            cand --mcc-mnc 'With --apn auto: MCC and MNC of the SIM''s home network, as 732101 or 214-07'
            cand --apn-database 'With --apn auto: a serviceproviders.xml, or built-in [default: the system''s where it is newer, else built-in]'
            cand --apn-user 'User name for the APN'
            cand --apn-password 'Password for the APN: file:PATH, env:NAME or ask [env: HOMING_APN_PASSWORD]'
            cand --login 'Login name of the tracker''s SMS commands'
            cand --password 'Password of the tracker''s commands: file:PATH, env:NAME or ask [env: HOMING_PASSWORD]'
            cand --server 'Server: a configured name or HOST[:PORT] [default: plaspy]'
            cand --by 'Give a named server by its domain or by its ip'
            cand --transport 'tcp or udp [default: the first the tracker has]'
            cand --interval 'Time between two reports, as 60, 60s or 5m'
            cand --timezone 'Time zone of the tracker''s clock, as UTC or +05:30'
            cand --set 'Any other setting of the profile; a secret one as NAME=file:PATH, env:NAME or ask'
            cand --via 'Courier: cable:PORT, modem:PORT, gateway:NAME, manual (you and your phone) or lab (a rehearsal)'
            cand --timeout 'Longest wait for an answer, in place of the profile''s own, as 2s'
            cand --sms-price 'Price of one short message, to say what it will cost'
            cand --webhook 'Take a gateway''s incoming messages at this address of this machine instead of asking for them, as 127.0.0.1:8080'
            cand --ca-file 'Certificates to trust beside the system''s, as PEM, for a gateway of one''s own'
            cand --format 'Output'
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand --buzzer 'Sound the tracker''s buzzer instead'
            cand --light 'Let the tracker''s light flash instead'
            cand -y 'Send without asking'
            cand --yes 'Send without asking'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'homing;probe'= {
            cand --file 'More endpoints, one a line; `-` is standard input'
            cand --profile 'Only the transports that this profile''s trackers can use'
            cand --format 'Output'
            cand -o 'Write json, junit or prometheus to this file, whole or not at all'
            cand --output 'Write json, junit or prometheus to this file, whole or not at all'
            cand --imei 'Say who a tracker of yours is, in its protocol, and wait for the server''s acknowledgement; never a position'
            cand --protocol 'The protocol to speak: gt06, eelink, jt808, meiligao or watch'
            cand --payload 'Send these bytes and wait for an answer: hex:… or text:… (with \r \n \t \0 \\ \xHH); counts for TCP and UDP'
            cand --expect 'What the answer has to hold: re:…, hex:… or text:…; without it any answer counts'
            cand --expect-ip 'An address that the names must lead to; else it is a failure'
            cand --dns 'Ask this DNS server in place of the system''s resolver: ADDRESS[:PORT]'
            cand --source 'Go out from this address of the machine'
            cand --interface 'Go out through this network interface'
            cand --timeout 'Wait so long for a connection, for an answer, and for a name; less than 4s cannot prove a silent drop'
            cand --hold 'Watch an idle connection so long: a server that hangs up within it is not reachable'
            cand --tries 'Try each address so often, and give figures'
            cand --confirm 'A failure counts only if it repeats, as in 2/3: two of at most three tries'
            cand --spacing 'Between two tries of one address; less than 1s only towards this machine itself'
            cand --deadline 'End the whole run after this time, with what is known by then'
            cand --every 'Go on: again every so often, at least 10s; changes stand out, Ctrl-C ends with a summary'
            cand --warn 'Warn when an address takes longer: a range in milliseconds, as 200 or 10:200'
            cand --critical 'Fail when an address takes longer'
            cand --inconclusive 'How what is not proven counts [default: exit 3; for nagios, WARNING]'
            cand --nat-up-to 'The longest silence that is tried'
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand -n 'Say what would be sent, and send nothing'
            cand --dry-run 'Say what would be sent, and send nothing'
            cand -4 'Only IPv4 addresses'
            cand --ipv4 'Only IPv4 addresses'
            cand -6 'Only IPv6 addresses'
            cand --ipv6 'Only IPv6 addresses'
            cand --nat 'Measure how long this network keeps an idle way open, against `homing listen --echo` of your own at ENDPOINT'
            cand --nat-keep-alive 'The same over TCP against any server, without a byte: at most 6 connections, watched by the system''s keep-alive'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'homing;decode'= {
            cand --input 'What it is written as'
            cand --protocol 'Take this protocol for granted, or find it out: auto'
            cand --log-zone 'Time zone of times in a log that name none, as +05:30'
            cand --port 'Of a packet capture, only what goes to or comes from this port'
            cand --imei 'The tracker that is expected; several may be given'
            cand --interval 'The report interval that is set, as 60s'
            cand --format 'Output'
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'homing;check'= {
            cand --protocol 'Only this protocol; may be given several times'
            cand --seed 'What chance begins with: the same seed sends the same frames'
            cand --format 'Output'
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'homing;listen'= {
            cand --tcp 'Take connections here: PORT (on this machine only), ADDRESS, or ADDRESS:PORT; port 0 is any free one [default: 127.0.0.1:8888, with --udp too]'
            cand --udp 'Take datagrams here'
            cand --relay 'Pass everything on to this server unchanged, and what it says back, and show both'
            cand --record 'Write what came to this file, for homing decode: a log, or a packet capture when its name ends in .pcap'
            cand --format 'Output'
            cand --for 'End after this time'
            cand --count 'End after so many messages of trackers'
            cand --connections 'Connections at one time; more are closed at once'
            cand --first 'Close a connection that has sent no frame of a tracker after this time'
            cand --frame 'Close a connection whose frame was begun and not ended after this time'
            cand --idle 'Close a connection whose tracker is silent for this time'
            cand --send 'Send this step of --profile to the tracker of --imei on its own connection, once it speaks, and end with its answer'
            cand --profile 'Profile of that tracker: its id, a model''s name, or the path of a TOML file'
            cand --imei 'IMEI, 15 digits'
            cand --device-id 'The maker''s own id, where that is not the IMEI'
            cand --phone 'Number of the tracker''s SIM, as +573001234567'
            cand --iccid 'ICCID of the tracker''s SIM'
            cand --imsi 'IMSI of the tracker''s SIM, by which --apn auto finds its operator'
            cand --sim-id 'The SIM''s id at a gateway'
            cand --name 'A name for people'
            cand --country 'Country of numbers written without +, as CO or 57'
            cand --apn 'APN of the SIM; auto finds it by the SIM''s operator, auto:WORD chooses where there are several'
            cand --mcc-mnc 'With --apn auto: MCC and MNC of the SIM''s home network, as 732101 or 214-07'
            cand --apn-database 'With --apn auto: a serviceproviders.xml, or built-in [default: the system''s where it is newer, else built-in]'
            cand --apn-user 'User name for the APN'
            cand --apn-password 'Password for the APN: file:PATH, env:NAME or ask [env: HOMING_APN_PASSWORD]'
            cand --login 'Login name of the tracker''s SMS commands'
            cand --password 'Password of the tracker''s commands: file:PATH, env:NAME or ask [env: HOMING_PASSWORD]'
            cand --server 'Server: a configured name or HOST[:PORT] [default: plaspy]'
            cand --by 'Give a named server by its domain or by its ip'
            cand --transport 'tcp or udp [default: the first the tracker has]'
            cand --interval 'Time between two reports, as 60, 60s or 5m'
            cand --timezone 'Time zone of the tracker''s clock, as UTC or +05:30'
            cand --set 'Any other setting of the profile; a secret one as NAME=file:PATH, env:NAME or ask'
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand --echo 'Send everything back as it came, for measuring what lies on the way'
            cand --destructive 'Allow a step that erases, locks out or stops reporting'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'homing;simulate'= {
            cand --to 'The server: HOST[:PORT][/tcp|/udp]; the port is 8888 and the transport tcp unless given'
            cand --count 'How many trackers'
            cand --imei 'The IMEI of a tracker; may be given several times'
            cand --imeis 'A file with an IMEI a line'
            cand --track 'The way that they take: GPX or GeoJSON; else a loop of four kilometres'
            cand --speed 'How fast they go, km/h'
            cand --interval 'From one position of a tracker to its next'
            cand --messages 'End after so many positions of each tracker'
            cand --for 'End after this time'
            cand --fault 'Let something go wrong; --help lists what can'
            cand --seed 'Decides when faults strike that do not always'
            cand --format 'Output'
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand --confirmed 'Let positions ask to be confirmed, where the protocol knows that'
            cand --yes-really-send 'Send to another machine; it wants --imei or --imeis, and a server whose owner agrees'
            cand --resolve 'Look up the name of the server'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'homing;apn'= {
            cand --imsi 'IMSI of the SIM card, 14 or 15 digits'
            cand --mcc-mnc 'MCC and MNC of the SIM card''s home network, as 732101 or 214-07'
            cand --country 'Everything of a country: its code or name, as CO or Colombia'
            cand --modem 'The SIM card in a modem: PORT, or modem:PORT[?baud=N&pin=SOURCE]'
            cand --database 'A serviceproviders.xml, or built-in [default: the system''s where it is newer, else built-in]'
            cand --format 'Output'
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'homing;estimate'= {
            cand --imei 'IMEI, 15 digits'
            cand --device-id 'The maker''s own id, where that is not the IMEI'
            cand --phone 'Number of the tracker''s SIM, as +573001234567'
            cand --iccid 'ICCID of the tracker''s SIM'
            cand --imsi 'IMSI of the tracker''s SIM, by which --apn auto finds its operator'
            cand --sim-id 'The SIM''s id at a gateway'
            cand --name 'A name for people'
            cand --country 'Country of numbers written without +, as CO or 57'
            cand --apn 'APN of the SIM; auto finds it by the SIM''s operator, auto:WORD chooses where there are several'
            cand --mcc-mnc 'With --apn auto: MCC and MNC of the SIM''s home network, as 732101 or 214-07'
            cand --apn-database 'With --apn auto: a serviceproviders.xml, or built-in [default: the system''s where it is newer, else built-in]'
            cand --apn-user 'User name for the APN'
            cand --apn-password 'Password for the APN: file:PATH, env:NAME or ask [env: HOMING_APN_PASSWORD]'
            cand --login 'Login name of the tracker''s SMS commands'
            cand --password 'Password of the tracker''s commands: file:PATH, env:NAME or ask [env: HOMING_PASSWORD]'
            cand --server 'Server: a configured name or HOST[:PORT] [default: plaspy]'
            cand --by 'Give a named server by its domain or by its ip'
            cand --transport 'tcp or udp [default: the first the tracker has]'
            cand --interval 'Time between two reports, as 60, 60s or 5m'
            cand --timezone 'Time zone of the tracker''s clock, as UTC or +05:30'
            cand --set 'Any other setting of the profile; a secret one as NAME=file:PATH, env:NAME or ask'
            cand --routine 'Routine of the profile: provision, verify, identify or one of its own'
            cand --step 'Single steps instead of a routine, in this order'
            cand --without 'Leave a step of the routine out'
            cand --assume 'Allow a form that no source gives for this tracker, by its word, as udp'
            cand --sms-price 'Price of one SMS, as 0.07'
            cand --currency 'Currency of that price, as EUR'
            cand --protocol 'Protocol of its reports [default: the likeliest of the profile]'
            cand --heartbeat 'Time between two signs of life [default: none are sent]'
            cand --sessions 'Connections (and logins) in a day'
            cand --frame 'Bytes of one report, as measured, where no protocol is to be asked'
            cand --answer 'With --frame, bytes of the server''s answer to it'
            cand --battery-mah 'What the battery holds, in milliampere hours [default: what a source says of the profile]'
            cand --current-ma 'Mean current at this interval, in milliamperes'
            cand --format 'Output'
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand --factory-reset 'Begin with the factory reset, which erases the tracker''s settings'
            cand --destructive 'Allow single steps that erase, lock out or stop reporting'
            cand --no-identify 'Count no questions that find out which dialect the tracker obeys'
            cand --confirmed 'Reports ask for an answer, where the protocol leaves the choice [default: as the settings make them]'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'homing;profile'= {
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help'
            cand --help 'Print help'
            cand list 'All profiles, with what each rests on'
            cand find 'Profiles by a word of their id, name, maker or models'
            cand show 'One profile: its steps, with evidence and source'
            cand check 'Check profiles: every problem with file, line and caret'
            cand new 'A profile for a tracker that has none: asks, and writes the file'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'homing;profile;list'= {
            cand --format 'Output'
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'homing;profile;find'= {
            cand --format 'Output'
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'homing;profile;show'= {
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'homing;profile;check'= {
            cand --format 'Output'
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand --notes 'Say notes too: what a profile cannot prove'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'homing;profile;new'= {
            cand --out 'Folder for the file [default: this one]'
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand --from-template 'Write the commented template under this id, without asking'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'homing;profile;help'= {
            cand list 'All profiles, with what each rests on'
            cand find 'Profiles by a word of their id, name, maker or models'
            cand show 'One profile: its steps, with evidence and source'
            cand check 'Check profiles: every problem with file, line and caret'
            cand new 'A profile for a tracker that has none: asks, and writes the file'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'homing;profile;help;list'= {
        }
        &'homing;profile;help;find'= {
        }
        &'homing;profile;help;show'= {
        }
        &'homing;profile;help;check'= {
        }
        &'homing;profile;help;new'= {
        }
        &'homing;profile;help;help'= {
        }
        &'homing;port'= {
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help'
            cand --help 'Print help'
            cand list 'What is plugged in, and what each port probably is'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'homing;port;list'= {
            cand --format 'Output'
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'homing;port;help'= {
            cand list 'What is plugged in, and what each port probably is'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'homing;port;help;list'= {
        }
        &'homing;port;help;help'= {
        }
        &'homing;modem'= {
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help'
            cand --help 'Print help'
            cand info 'Which modem, SIM card and network, and whether it could send now'
            cand inbox 'The messages in its stores; nothing is deleted'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'homing;modem;info'= {
            cand --format 'Output'
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'homing;modem;inbox'= {
            cand --format 'Output'
            cand --phone 'Only messages from this number'
            cand --country 'Country of a number written without +, as CO or 57'
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'homing;modem;help'= {
            cand info 'Which modem, SIM card and network, and whether it could send now'
            cand inbox 'The messages in its stores; nothing is deleted'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'homing;modem;help;info'= {
        }
        &'homing;modem;help;inbox'= {
        }
        &'homing;modem;help;help'= {
        }
        &'homing;gateway'= {
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help'
            cand --help 'Print help'
            cand list 'The definitions that came with the program'
            cand show 'What a gateway needs, is asked, and cannot prove'
            cand test 'Whether a gateway of the configuration is there and takes its credentials; sends no message'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'homing;gateway;list'= {
            cand --format 'Output'
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'homing;gateway;show'= {
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'homing;gateway;test'= {
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'homing;gateway;help'= {
            cand list 'The definitions that came with the program'
            cand show 'What a gateway needs, is asked, and cannot prove'
            cand test 'Whether a gateway of the configuration is there and takes its credentials; sends no message'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'homing;gateway;help;list'= {
        }
        &'homing;gateway;help;show'= {
        }
        &'homing;gateway;help;test'= {
        }
        &'homing;gateway;help;help'= {
        }
        &'homing;lab'= {
            cand --trackers 'A CSV of trackers, whose column lab says how each behaves, or how many of --profile there are'
            cand --profile 'Profile of the trackers that name none'
            cand --country 'Country of numbers written without +, as CO or 57'
            cand --modems 'How many modems there are'
            cand --gateway 'Also answer as an SMS gateway here, on loopback: 127.0.0.1:0 takes any free port; definition capcom6, user and password lab'
            cand --stand-in 'Trackers that are pointed at this server report to that address of loopback, which stands in for it'
            cand --fault 'Let something go wrong, always or at a rate as cms=38:5%; --help lists what can'
            cand --seed 'Decides when faults strike that do not always'
            cand --log 'Write every event here, one JSON object a line; with --verbose also every line of the modems'
            cand --format 'Output'
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand --until-eof 'End when standard input ends, and not only by a signal'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'homing;completions'= {
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'homing;help'= {
            cand generate 'Show the exact commands for one tracker or a whole CSV'
            cand send 'Send one tracker''s commands now, wait for each answer, read the settings back'
            cand batch 'The same for a CSV, through a journal: run, status, resume, report'
            cand verify 'Read the settings back and compare them with what they should be'
            cand identify 'Find out which dialect a tracker obeys, by questions that change nothing'
            cand locate 'Ask a tracker where it is; its buzzer or light where a source gives the command'
            cand probe 'Is the server reachable: DNS, TCP and UDP, each with a verdict and what to do'
            cand decode 'Explain captured bytes: which protocol, every field, what is wrong'
            cand check 'The loopback check: generated and golden frames over real sockets, every field compared'
            cand listen 'Stand in for the server: show what trackers say, answer, relay, record'
            cand simulate 'Be one tracker or many towards a server; on this machine unless it is allowed to leave it'
            cand apn 'The access point of a SIM card: which ones are known, and which one --apn auto takes'
            cand estimate 'What a plan and an interval cost: SMS, bytes a day, days of a battery'
            cand profile 'The catalogue of tracker families'
            cand port 'The serial ports of this machine'
            cand modem 'A GSM modem: what it is, whether it could send, what lies in its stores'
            cand gateway 'SMS gateways: what is known of each, and whether one takes its credentials'
            cand lab 'A rehearsal: virtual modems, trackers behind their numbers, an SMS gateway'
            cand completions 'Print the completion script for a shell'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'homing;help;generate'= {
        }
        &'homing;help;send'= {
        }
        &'homing;help;batch'= {
            cand run 'Begin a batch, or go on with the one that this CSV began'
            cand list 'The batches of the journal'
            cand status 'How far a batch is; also while it runs'
            cand resume 'Go on with a batch, as it was begun or with a corrected CSV'
            cand resolve 'What nobody knows the outcome of, and a person''s word on it'
            cand confirm 'Who reports, out of what the platform exports of its units'
            cand report 'What became of every tracker'
            cand cancel 'Send nothing more of a batch'
        }
        &'homing;help;batch;run'= {
        }
        &'homing;help;batch;list'= {
        }
        &'homing;help;batch;status'= {
        }
        &'homing;help;batch;resume'= {
        }
        &'homing;help;batch;resolve'= {
        }
        &'homing;help;batch;confirm'= {
        }
        &'homing;help;batch;report'= {
        }
        &'homing;help;batch;cancel'= {
        }
        &'homing;help;verify'= {
        }
        &'homing;help;identify'= {
        }
        &'homing;help;locate'= {
        }
        &'homing;help;probe'= {
        }
        &'homing;help;decode'= {
        }
        &'homing;help;check'= {
        }
        &'homing;help;listen'= {
        }
        &'homing;help;simulate'= {
        }
        &'homing;help;apn'= {
        }
        &'homing;help;estimate'= {
        }
        &'homing;help;profile'= {
            cand list 'All profiles, with what each rests on'
            cand find 'Profiles by a word of their id, name, maker or models'
            cand show 'One profile: its steps, with evidence and source'
            cand check 'Check profiles: every problem with file, line and caret'
            cand new 'A profile for a tracker that has none: asks, and writes the file'
        }
        &'homing;help;profile;list'= {
        }
        &'homing;help;profile;find'= {
        }
        &'homing;help;profile;show'= {
        }
        &'homing;help;profile;check'= {
        }
        &'homing;help;profile;new'= {
        }
        &'homing;help;port'= {
            cand list 'What is plugged in, and what each port probably is'
        }
        &'homing;help;port;list'= {
        }
        &'homing;help;modem'= {
            cand info 'Which modem, SIM card and network, and whether it could send now'
            cand inbox 'The messages in its stores; nothing is deleted'
        }
        &'homing;help;modem;info'= {
        }
        &'homing;help;modem;inbox'= {
        }
        &'homing;help;gateway'= {
            cand list 'The definitions that came with the program'
            cand show 'What a gateway needs, is asked, and cannot prove'
            cand test 'Whether a gateway of the configuration is there and takes its credentials; sends no message'
        }
        &'homing;help;gateway;list'= {
        }
        &'homing;help;gateway;show'= {
        }
        &'homing;help;gateway;test'= {
        }
        &'homing;help;lab'= {
        }
        &'homing;help;completions'= {
        }
        &'homing;help;help'= {
        }
    ]
    $completions[$command]
}
