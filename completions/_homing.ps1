
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'homing' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'homing'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'homing' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('generate', 'generate', [CompletionResultType]::ParameterValue, 'Show the exact commands for one tracker or a whole CSV')
            [CompletionResult]::new('send', 'send', [CompletionResultType]::ParameterValue, 'Send one tracker''s commands now, wait for each answer, read the settings back')
            [CompletionResult]::new('batch', 'batch', [CompletionResultType]::ParameterValue, 'The same for a CSV, through a journal: run, status, resume, report')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Read the settings back and compare them with what they should be')
            [CompletionResult]::new('identify', 'identify', [CompletionResultType]::ParameterValue, 'Find out which dialect a tracker obeys, by questions that change nothing')
            [CompletionResult]::new('locate', 'locate', [CompletionResultType]::ParameterValue, 'Ask a tracker where it is; its buzzer or light where a source gives the command')
            [CompletionResult]::new('probe', 'probe', [CompletionResultType]::ParameterValue, 'Is the server reachable: DNS, TCP and UDP, each with a verdict and what to do')
            [CompletionResult]::new('decode', 'decode', [CompletionResultType]::ParameterValue, 'Explain captured bytes: which protocol, every field, what is wrong')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'The loopback check: generated and golden frames over real sockets, every field compared')
            [CompletionResult]::new('listen', 'listen', [CompletionResultType]::ParameterValue, 'Stand in for the server: show what trackers say, answer, relay, record')
            [CompletionResult]::new('simulate', 'simulate', [CompletionResultType]::ParameterValue, 'Be one tracker or many towards a server; on this machine unless it is allowed to leave it')
            [CompletionResult]::new('apn', 'apn', [CompletionResultType]::ParameterValue, 'The access point of a SIM card: which ones are known, and which one --apn auto takes')
            [CompletionResult]::new('estimate', 'estimate', [CompletionResultType]::ParameterValue, 'What a plan and an interval cost: SMS, bytes a day, days of a battery')
            [CompletionResult]::new('profile', 'profile', [CompletionResultType]::ParameterValue, 'The catalogue of tracker families')
            [CompletionResult]::new('port', 'port', [CompletionResultType]::ParameterValue, 'The serial ports of this machine')
            [CompletionResult]::new('modem', 'modem', [CompletionResultType]::ParameterValue, 'A GSM modem: what it is, whether it could send, what lies in its stores')
            [CompletionResult]::new('gateway', 'gateway', [CompletionResultType]::ParameterValue, 'SMS gateways: what is known of each, and whether one takes its credentials')
            [CompletionResult]::new('lab', 'lab', [CompletionResultType]::ParameterValue, 'A rehearsal: virtual modems, trackers behind their numbers, an SMS gateway')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completion script for a shell')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'homing;generate' {
            [CompletionResult]::new('--imei', '--imei', [CompletionResultType]::ParameterName, 'IMEI, 15 digits')
            [CompletionResult]::new('--device-id', '--device-id', [CompletionResultType]::ParameterName, 'The maker''s own id, where that is not the IMEI')
            [CompletionResult]::new('--phone', '--phone', [CompletionResultType]::ParameterName, 'Number of the tracker''s SIM, as +573001234567')
            [CompletionResult]::new('--iccid', '--iccid', [CompletionResultType]::ParameterName, 'ICCID of the tracker''s SIM')
            [CompletionResult]::new('--imsi', '--imsi', [CompletionResultType]::ParameterName, 'IMSI of the tracker''s SIM, by which --apn auto finds its operator')
            [CompletionResult]::new('--sim-id', '--sim-id', [CompletionResultType]::ParameterName, 'The SIM''s id at a gateway')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'A name for people')
            [CompletionResult]::new('--country', '--country', [CompletionResultType]::ParameterName, 'Country of numbers written without +, as CO or 57')
            [CompletionResult]::new('--apn', '--apn', [CompletionResultType]::ParameterName, 'APN of the SIM; auto finds it by the SIM''s operator, auto:WORD chooses where there are several')
            [CompletionResult]::new('--mcc-mnc', '--mcc-mnc', [CompletionResultType]::ParameterName, 'With --apn auto: MCC and MNC of the SIM''s home network, as 732101 or 214-07')
            [CompletionResult]::new('--apn-database', '--apn-database', [CompletionResultType]::ParameterName, 'With --apn auto: a serviceproviders.xml, or built-in [default: the system''s where it is newer, else built-in]')
            [CompletionResult]::new('--apn-user', '--apn-user', [CompletionResultType]::ParameterName, 'User name for the APN')
            [CompletionResult]::new('--apn-password', '--apn-password', [CompletionResultType]::ParameterName, 'Password for the APN: file:PATH, env:NAME or ask [env: HOMING_APN_PASSWORD]')
            [CompletionResult]::new('--login', '--login', [CompletionResultType]::ParameterName, 'Login name of the tracker''s SMS commands')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'Password of the tracker''s commands: file:PATH, env:NAME or ask [env: HOMING_PASSWORD]')
            [CompletionResult]::new('--server', '--server', [CompletionResultType]::ParameterName, 'Server: a configured name or HOST[:PORT] [default: plaspy]')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'Give a named server by its domain or by its ip')
            [CompletionResult]::new('--transport', '--transport', [CompletionResultType]::ParameterName, 'tcp or udp [default: the first the tracker has]')
            [CompletionResult]::new('--interval', '--interval', [CompletionResultType]::ParameterName, 'Time between two reports, as 60, 60s or 5m')
            [CompletionResult]::new('--timezone', '--timezone', [CompletionResultType]::ParameterName, 'Time zone of the tracker''s clock, as UTC or +05:30')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Any other setting of the profile; a secret one as NAME=file:PATH, env:NAME or ask')
            [CompletionResult]::new('--fleet', '--fleet', [CompletionResultType]::ParameterName, 'A CSV of trackers, or - for standard input; flags fill its empty cells')
            [CompletionResult]::new('--routine', '--routine', [CompletionResultType]::ParameterName, 'Routine of the profile: provision, verify, identify or one of its own')
            [CompletionResult]::new('--step', '--step', [CompletionResultType]::ParameterName, 'Single steps instead of a routine, in this order')
            [CompletionResult]::new('--without', '--without', [CompletionResultType]::ParameterName, 'Leave a step of the routine out')
            [CompletionResult]::new('--assume', '--assume', [CompletionResultType]::ParameterName, 'Allow a form that no source gives for this tracker, by its word, as udp')
            [CompletionResult]::new('--form', '--form', [CompletionResultType]::ParameterName, 'Form of the commands')
            [CompletionResult]::new('--packet', '--packet', [CompletionResultType]::ParameterName, 'Packet number of the first link frame: one character from : to ~, or 58 to 126')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Folder for the pictures and the printable page of --format qr')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('--skip-bad', '--skip-bad', [CompletionResultType]::ParameterName, 'Go on without the rows that have an error, and list them at the end')
            [CompletionResult]::new('--factory-reset', '--factory-reset', [CompletionResultType]::ParameterName, 'Begin with the factory reset, which erases the tracker''s settings')
            [CompletionResult]::new('--destructive', '--destructive', [CompletionResultType]::ParameterName, 'Allow single steps that erase, lock out or stop reporting')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'homing;send' {
            [CompletionResult]::new('--imei', '--imei', [CompletionResultType]::ParameterName, 'IMEI, 15 digits')
            [CompletionResult]::new('--device-id', '--device-id', [CompletionResultType]::ParameterName, 'The maker''s own id, where that is not the IMEI')
            [CompletionResult]::new('--phone', '--phone', [CompletionResultType]::ParameterName, 'Number of the tracker''s SIM, as +573001234567')
            [CompletionResult]::new('--iccid', '--iccid', [CompletionResultType]::ParameterName, 'ICCID of the tracker''s SIM')
            [CompletionResult]::new('--imsi', '--imsi', [CompletionResultType]::ParameterName, 'IMSI of the tracker''s SIM, by which --apn auto finds its operator')
            [CompletionResult]::new('--sim-id', '--sim-id', [CompletionResultType]::ParameterName, 'The SIM''s id at a gateway')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'A name for people')
            [CompletionResult]::new('--country', '--country', [CompletionResultType]::ParameterName, 'Country of numbers written without +, as CO or 57')
            [CompletionResult]::new('--apn', '--apn', [CompletionResultType]::ParameterName, 'APN of the SIM; auto finds it by the SIM''s operator, auto:WORD chooses where there are several')
            [CompletionResult]::new('--mcc-mnc', '--mcc-mnc', [CompletionResultType]::ParameterName, 'With --apn auto: MCC and MNC of the SIM''s home network, as 732101 or 214-07')
            [CompletionResult]::new('--apn-database', '--apn-database', [CompletionResultType]::ParameterName, 'With --apn auto: a serviceproviders.xml, or built-in [default: the system''s where it is newer, else built-in]')
            [CompletionResult]::new('--apn-user', '--apn-user', [CompletionResultType]::ParameterName, 'User name for the APN')
            [CompletionResult]::new('--apn-password', '--apn-password', [CompletionResultType]::ParameterName, 'Password for the APN: file:PATH, env:NAME or ask [env: HOMING_APN_PASSWORD]')
            [CompletionResult]::new('--login', '--login', [CompletionResultType]::ParameterName, 'Login name of the tracker''s SMS commands')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'Password of the tracker''s commands: file:PATH, env:NAME or ask [env: HOMING_PASSWORD]')
            [CompletionResult]::new('--server', '--server', [CompletionResultType]::ParameterName, 'Server: a configured name or HOST[:PORT] [default: plaspy]')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'Give a named server by its domain or by its ip')
            [CompletionResult]::new('--transport', '--transport', [CompletionResultType]::ParameterName, 'tcp or udp [default: the first the tracker has]')
            [CompletionResult]::new('--interval', '--interval', [CompletionResultType]::ParameterName, 'Time between two reports, as 60, 60s or 5m')
            [CompletionResult]::new('--timezone', '--timezone', [CompletionResultType]::ParameterName, 'Time zone of the tracker''s clock, as UTC or +05:30')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Any other setting of the profile; a secret one as NAME=file:PATH, env:NAME or ask')
            [CompletionResult]::new('--routine', '--routine', [CompletionResultType]::ParameterName, 'Routine of the profile: provision, verify, identify or one of its own')
            [CompletionResult]::new('--step', '--step', [CompletionResultType]::ParameterName, 'Single steps instead of a routine, in this order')
            [CompletionResult]::new('--without', '--without', [CompletionResultType]::ParameterName, 'Leave a step of the routine out')
            [CompletionResult]::new('--assume', '--assume', [CompletionResultType]::ParameterName, 'Allow a form that no source gives for this tracker, by its word, as udp')
            [CompletionResult]::new('--via', '--via', [CompletionResultType]::ParameterName, 'Courier: cable:PORT, modem:PORT, gateway:NAME, manual (you and your phone) or lab (a rehearsal)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for an answer, in place of the profile''s own, as 2s')
            [CompletionResult]::new('--sms-price', '--sms-price', [CompletionResultType]::ParameterName, 'Price of one short message, to say what it will cost')
            [CompletionResult]::new('--webhook', '--webhook', [CompletionResultType]::ParameterName, 'Take a gateway''s incoming messages at this address of this machine instead of asking for them, as 127.0.0.1:8080')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Certificates to trust beside the system''s, as PEM, for a gateway of one''s own')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output')
            [CompletionResult]::new('--apn-from', '--apn-from', [CompletionResultType]::ParameterName, 'With --apn auto: take the network of the SIM card in the modem of --via, where the tracker''s is of the same')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('--factory-reset', '--factory-reset', [CompletionResultType]::ParameterName, 'Begin with the factory reset, which erases the tracker''s settings')
            [CompletionResult]::new('--destructive', '--destructive', [CompletionResultType]::ParameterName, 'Allow single steps that erase, lock out or stop reporting')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Send without asking')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Send without asking')
            [CompletionResult]::new('--no-identify', '--no-identify', [CompletionResultType]::ParameterName, 'By SMS, send without asking first which dialect the tracker obeys')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show every message, send nothing')
            [CompletionResult]::new('--show-secrets', '--show-secrets', [CompletionResultType]::ParameterName, 'With --dry-run, show secrets too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'homing;batch' {
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'The journal, instead of $XDG_STATE_HOME/homing/journal.db')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('run', 'run', [CompletionResultType]::ParameterValue, 'Begin a batch, or go on with the one that this CSV began')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'The batches of the journal')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'How far a batch is; also while it runs')
            [CompletionResult]::new('resume', 'resume', [CompletionResultType]::ParameterValue, 'Go on with a batch, as it was begun or with a corrected CSV')
            [CompletionResult]::new('resolve', 'resolve', [CompletionResultType]::ParameterValue, 'What nobody knows the outcome of, and a person''s word on it')
            [CompletionResult]::new('confirm', 'confirm', [CompletionResultType]::ParameterValue, 'Who reports, out of what the platform exports of its units')
            [CompletionResult]::new('report', 'report', [CompletionResultType]::ParameterValue, 'What became of every tracker')
            [CompletionResult]::new('cancel', 'cancel', [CompletionResultType]::ParameterValue, 'Send nothing more of a batch')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'homing;batch;run' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile of the rows that name none')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Name of the batch [default: the file''s name without its ending]')
            [CompletionResult]::new('--country', '--country', [CompletionResultType]::ParameterName, 'Country of numbers written without +, as CO or 57')
            [CompletionResult]::new('--apn', '--apn', [CompletionResultType]::ParameterName, 'APN of the SIM; auto finds it by the SIM''s operator, auto:WORD chooses where there are several')
            [CompletionResult]::new('--mcc-mnc', '--mcc-mnc', [CompletionResultType]::ParameterName, 'With --apn auto: MCC and MNC of the SIM''s home network, as 732101 or 214-07')
            [CompletionResult]::new('--apn-database', '--apn-database', [CompletionResultType]::ParameterName, 'With --apn auto: a serviceproviders.xml, or built-in [default: the system''s where it is newer, else built-in]')
            [CompletionResult]::new('--apn-user', '--apn-user', [CompletionResultType]::ParameterName, 'User name for the APN')
            [CompletionResult]::new('--apn-password', '--apn-password', [CompletionResultType]::ParameterName, 'Password for the APN: file:PATH, env:NAME or ask [env: HOMING_APN_PASSWORD]')
            [CompletionResult]::new('--login', '--login', [CompletionResultType]::ParameterName, 'Login name of the tracker''s SMS commands')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'Password of the tracker''s commands: file:PATH, env:NAME or ask [env: HOMING_PASSWORD]')
            [CompletionResult]::new('--server', '--server', [CompletionResultType]::ParameterName, 'Server: a configured name or HOST[:PORT] [default: plaspy]')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'Give a named server by its domain or by its ip')
            [CompletionResult]::new('--transport', '--transport', [CompletionResultType]::ParameterName, 'tcp or udp [default: the first the tracker has]')
            [CompletionResult]::new('--interval', '--interval', [CompletionResultType]::ParameterName, 'Time between two reports, as 60, 60s or 5m')
            [CompletionResult]::new('--timezone', '--timezone', [CompletionResultType]::ParameterName, 'Time zone of the tracker''s clock, as UTC or +05:30')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Any other setting of the profile; a secret one as NAME=file:PATH, env:NAME or ask')
            [CompletionResult]::new('--routine', '--routine', [CompletionResultType]::ParameterName, 'Routine of the profile: provision, verify, identify or one of its own')
            [CompletionResult]::new('--step', '--step', [CompletionResultType]::ParameterName, 'Single steps instead of a routine, in this order')
            [CompletionResult]::new('--without', '--without', [CompletionResultType]::ParameterName, 'Leave a step of the routine out')
            [CompletionResult]::new('--assume', '--assume', [CompletionResultType]::ParameterName, 'Allow a form that no source gives for this tracker, by its word, as udp')
            [CompletionResult]::new('--via', '--via', [CompletionResultType]::ParameterName, 'Courier: modem:PORT, gateway:NAME or lab (a rehearsal; lab:silent and the like fill the column lab where it says nothing); several share the work')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for an answer, in place of the profile''s own, as 2m')
            [CompletionResult]::new('--per-minute', '--per-minute', [CompletionResultType]::ParameterName, 'Short messages a minute by each courier [default: as fast as it takes them]')
            [CompletionResult]::new('--jitter', '--jitter', [CompletionResultType]::ParameterName, 'How far a message may be early or late in the pace, as a share of the time between two [default: 20%]')
            [CompletionResult]::new('--daily-cap', '--daily-cap', [CompletionResultType]::ParameterName, 'Short messages by each courier and day (UTC)')
            [CompletionResult]::new('--courier-within', '--courier-within', [CompletionResultType]::ParameterName, 'How long the couriers are waited for while none works [default: 15m, and 6h once one worked]')
            [CompletionResult]::new('--quiet-hours', '--quiet-hours', [CompletionResultType]::ParameterName, 'Send nothing at these hours of the day, as 22:00-07:00 (UTC) or 22:00-07:00+02:00; answers count as ever')
            [CompletionResult]::new('--tracker-cap', '--tracker-cap', [CompletionResultType]::ParameterName, 'Short messages to each tracker, those of earlier runs included: then it waits for a run that allows more')
            [CompletionResult]::new('--max-sms', '--max-sms', [CompletionResultType]::ParameterName, 'Short messages of the whole batch: then it stops')
            [CompletionResult]::new('--sms-price', '--sms-price', [CompletionResultType]::ParameterName, 'Price of one short message, to say what it will cost')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Certificates to trust beside the system''s, as PEM, for a gateway of one''s own')
            [CompletionResult]::new('--pilot', '--pilot', [CompletionResultType]::ParameterName, 'First only so many trackers, each asked what it is before any of them is changed')
            [CompletionResult]::new('--pilot-pass', '--pilot-pass', [CompletionResultType]::ParameterName, 'Share of the pilot that has to end well before the others begin [default: 90%]')
            [CompletionResult]::new('--expect-report', '--expect-report', [CompletionResultType]::ParameterName, 'Listen here for the trackers'' reports, by TCP and UDP: PORT (on this machine only), ADDRESS or ADDRESS:PORT; who reports ends as reporting')
            [CompletionResult]::new('--report-within', '--report-within', [CompletionResultType]::ParameterName, 'How long after its last command a tracker''s first report is waited for [default: 10m, in the lab 10s]')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'The journal, instead of $XDG_STATE_HOME/homing/journal.db')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('--skip-bad', '--skip-bad', [CompletionResultType]::ParameterName, 'Go on without the rows that have an error, and list them at the end')
            [CompletionResult]::new('--factory-reset', '--factory-reset', [CompletionResultType]::ParameterName, 'Begin with the factory reset, which erases the tracker''s settings')
            [CompletionResult]::new('--destructive', '--destructive', [CompletionResultType]::ParameterName, 'Allow single steps that erase, lock out or stop reporting')
            [CompletionResult]::new('--identify-first', '--identify-first', [CompletionResultType]::ParameterName, 'Ask every tracker what it is before any of them is changed')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Send without asking')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Send without asking')
            [CompletionResult]::new('--no-identify', '--no-identify', [CompletionResultType]::ParameterName, 'Send without asking first which dialect each tracker obeys')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show every message, what it costs and how long it takes; send nothing')
            [CompletionResult]::new('--show-secrets', '--show-secrets', [CompletionResultType]::ParameterName, 'With --dry-run, show secrets too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'homing;batch;list' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'The journal, instead of $XDG_STATE_HOME/homing/journal.db')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'homing;batch;status' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'The journal, instead of $XDG_STATE_HOME/homing/journal.db')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'The same as --format json')
            [CompletionResult]::new('--strangers', '--strangers', [CompletionResultType]::ParameterName, 'Show the messages that came since it was begun and were of no tracker of the batch at work')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'homing;batch;resume' {
            [CompletionResult]::new('--with', '--with', [CompletionResultType]::ParameterName, 'A corrected CSV: rows that changed begin anew, new ones are added, the others stay as they are')
            [CompletionResult]::new('--via', '--via', [CompletionResultType]::ParameterName, 'Courier: modem:PORT, gateway:NAME or lab (a rehearsal; lab:silent and the like fill the column lab where it says nothing); several share the work')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for an answer, in place of the profile''s own, as 2m')
            [CompletionResult]::new('--per-minute', '--per-minute', [CompletionResultType]::ParameterName, 'Short messages a minute by each courier [default: as fast as it takes them]')
            [CompletionResult]::new('--jitter', '--jitter', [CompletionResultType]::ParameterName, 'How far a message may be early or late in the pace, as a share of the time between two [default: 20%]')
            [CompletionResult]::new('--daily-cap', '--daily-cap', [CompletionResultType]::ParameterName, 'Short messages by each courier and day (UTC)')
            [CompletionResult]::new('--courier-within', '--courier-within', [CompletionResultType]::ParameterName, 'How long the couriers are waited for while none works [default: 15m, and 6h once one worked]')
            [CompletionResult]::new('--quiet-hours', '--quiet-hours', [CompletionResultType]::ParameterName, 'Send nothing at these hours of the day, as 22:00-07:00 (UTC) or 22:00-07:00+02:00; answers count as ever')
            [CompletionResult]::new('--tracker-cap', '--tracker-cap', [CompletionResultType]::ParameterName, 'Short messages to each tracker, those of earlier runs included: then it waits for a run that allows more')
            [CompletionResult]::new('--max-sms', '--max-sms', [CompletionResultType]::ParameterName, 'Short messages of the whole batch: then it stops')
            [CompletionResult]::new('--sms-price', '--sms-price', [CompletionResultType]::ParameterName, 'Price of one short message, to say what it will cost')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Certificates to trust beside the system''s, as PEM, for a gateway of one''s own')
            [CompletionResult]::new('--pilot', '--pilot', [CompletionResultType]::ParameterName, 'First only so many trackers, each asked what it is before any of them is changed')
            [CompletionResult]::new('--pilot-pass', '--pilot-pass', [CompletionResultType]::ParameterName, 'Share of the pilot that has to end well before the others begin [default: 90%]')
            [CompletionResult]::new('--expect-report', '--expect-report', [CompletionResultType]::ParameterName, 'Listen here for the trackers'' reports, by TCP and UDP: PORT (on this machine only), ADDRESS or ADDRESS:PORT; who reports ends as reporting')
            [CompletionResult]::new('--report-within', '--report-within', [CompletionResultType]::ParameterName, 'How long after its last command a tracker''s first report is waited for [default: 10m, in the lab 10s]')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'The journal, instead of $XDG_STATE_HOME/homing/journal.db')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('--no-pilot', '--no-pilot', [CompletionResultType]::ParameterName, 'Do not wait for the pilot')
            [CompletionResult]::new('--identify-first', '--identify-first', [CompletionResultType]::ParameterName, 'Ask every tracker what it is before any of them is changed')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Send without asking')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Send without asking')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'homing;batch;resolve' {
            [CompletionResult]::new('--sent', '--sent', [CompletionResultType]::ParameterName, 'It was sent: go on behind it. A tracker by its name, key or line, or all')
            [CompletionResult]::new('--resend', '--resend', [CompletionResultType]::ParameterName, 'Send it once more, whatever became of it')
            [CompletionResult]::new('--via', '--via', [CompletionResultType]::ParameterName, 'With --from-inbox: read the messages in this modem too, and delete none')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'How what nobody knows the outcome of is listed')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'The journal, instead of $XDG_STATE_HOME/homing/journal.db')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('--from-inbox', '--from-inbox', [CompletionResultType]::ParameterName, 'Take those for sent whose answer came after all: it is in the journal, or in a modem that --via names')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'homing;batch;confirm' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'What the platform exported: a CSV with a row for each unit')
            [CompletionResult]::new('--id-column', '--id-column', [CompletionResultType]::ParameterName, 'Its column with the identity that each unit is registered with')
            [CompletionResult]::new('--seen-column', '--seen-column', [CompletionResultType]::ParameterName, 'Its column with the time of each unit''s last message')
            [CompletionResult]::new('--zone', '--zone', [CompletionResultType]::ParameterName, 'Time zone of times that name none, as UTC or -05:00')
            [CompletionResult]::new('--slack', '--slack', [CompletionResultType]::ParameterName, 'How far the platform''s clock may be off this machine''s: what it saw so shortly after a tracker''s last command proves nothing')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'The journal, instead of $XDG_STATE_HOME/homing/journal.db')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'homing;batch;report' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only trackers that stand so: planned, sent, acknowledged, verified, reporting, refused, unknown, failed, or open')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Write it here instead of on standard output')
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'The journal, instead of $XDG_STATE_HOME/homing/journal.db')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'homing;batch;cancel' {
            [CompletionResult]::new('--journal', '--journal', [CompletionResultType]::ParameterName, 'The journal, instead of $XDG_STATE_HOME/homing/journal.db')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'homing;batch;help' {
            [CompletionResult]::new('run', 'run', [CompletionResultType]::ParameterValue, 'Begin a batch, or go on with the one that this CSV began')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'The batches of the journal')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'How far a batch is; also while it runs')
            [CompletionResult]::new('resume', 'resume', [CompletionResultType]::ParameterValue, 'Go on with a batch, as it was begun or with a corrected CSV')
            [CompletionResult]::new('resolve', 'resolve', [CompletionResultType]::ParameterValue, 'What nobody knows the outcome of, and a person''s word on it')
            [CompletionResult]::new('confirm', 'confirm', [CompletionResultType]::ParameterValue, 'Who reports, out of what the platform exports of its units')
            [CompletionResult]::new('report', 'report', [CompletionResultType]::ParameterValue, 'What became of every tracker')
            [CompletionResult]::new('cancel', 'cancel', [CompletionResultType]::ParameterValue, 'Send nothing more of a batch')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'homing;batch;help;run' {
            break
        }
        'homing;batch;help;list' {
            break
        }
        'homing;batch;help;status' {
            break
        }
        'homing;batch;help;resume' {
            break
        }
        'homing;batch;help;resolve' {
            break
        }
        'homing;batch;help;confirm' {
            break
        }
        'homing;batch;help;report' {
            break
        }
        'homing;batch;help;cancel' {
            break
        }
        'homing;batch;help;help' {
            break
        }
        'homing;verify' {
            [CompletionResult]::new('--imei', '--imei', [CompletionResultType]::ParameterName, 'IMEI, 15 digits')
            [CompletionResult]::new('--device-id', '--device-id', [CompletionResultType]::ParameterName, 'The maker''s own id, where that is not the IMEI')
            [CompletionResult]::new('--phone', '--phone', [CompletionResultType]::ParameterName, 'Number of the tracker''s SIM, as +573001234567')
            [CompletionResult]::new('--iccid', '--iccid', [CompletionResultType]::ParameterName, 'ICCID of the tracker''s SIM')
            [CompletionResult]::new('--imsi', '--imsi', [CompletionResultType]::ParameterName, 'IMSI of the tracker''s SIM, by which --apn auto finds its operator')
            [CompletionResult]::new('--sim-id', '--sim-id', [CompletionResultType]::ParameterName, 'The SIM''s id at a gateway')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'A name for people')
            [CompletionResult]::new('--country', '--country', [CompletionResultType]::ParameterName, 'Country of numbers written without +, as CO or 57')
            [CompletionResult]::new('--apn', '--apn', [CompletionResultType]::ParameterName, 'APN of the SIM; auto finds it by the SIM''s operator, auto:WORD chooses where there are several')
            [CompletionResult]::new('--mcc-mnc', '--mcc-mnc', [CompletionResultType]::ParameterName, 'With --apn auto: MCC and MNC of the SIM''s home network, as 732101 or 214-07')
            [CompletionResult]::new('--apn-database', '--apn-database', [CompletionResultType]::ParameterName, 'With --apn auto: a serviceproviders.xml, or built-in [default: the system''s where it is newer, else built-in]')
            [CompletionResult]::new('--apn-user', '--apn-user', [CompletionResultType]::ParameterName, 'User name for the APN')
            [CompletionResult]::new('--apn-password', '--apn-password', [CompletionResultType]::ParameterName, 'Password for the APN: file:PATH, env:NAME or ask [env: HOMING_APN_PASSWORD]')
            [CompletionResult]::new('--login', '--login', [CompletionResultType]::ParameterName, 'Login name of the tracker''s SMS commands')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'Password of the tracker''s commands: file:PATH, env:NAME or ask [env: HOMING_PASSWORD]')
            [CompletionResult]::new('--server', '--server', [CompletionResultType]::ParameterName, 'Server: a configured name or HOST[:PORT] [default: plaspy]')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'Give a named server by its domain or by its ip')
            [CompletionResult]::new('--transport', '--transport', [CompletionResultType]::ParameterName, 'tcp or udp [default: the first the tracker has]')
            [CompletionResult]::new('--interval', '--interval', [CompletionResultType]::ParameterName, 'Time between two reports, as 60, 60s or 5m')
            [CompletionResult]::new('--timezone', '--timezone', [CompletionResultType]::ParameterName, 'Time zone of the tracker''s clock, as UTC or +05:30')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Any other setting of the profile; a secret one as NAME=file:PATH, env:NAME or ask')
            [CompletionResult]::new('--assume', '--assume', [CompletionResultType]::ParameterName, 'Allow a form that no source gives for this tracker, by its word, as udp')
            [CompletionResult]::new('--expect-firmware', '--expect-firmware', [CompletionResultType]::ParameterName, 'The firmware that the tracker is to tell, word for word')
            [CompletionResult]::new('--snapshot', '--snapshot', [CompletionResultType]::ParameterName, 'Write what was read to a new file; secrets are masked')
            [CompletionResult]::new('--diff', '--diff', [CompletionResultType]::ParameterName, 'Compare with a snapshot in place of settings, and show what changed')
            [CompletionResult]::new('--via', '--via', [CompletionResultType]::ParameterName, 'Courier: cable:PORT, modem:PORT, gateway:NAME, manual (you and your phone) or lab (a rehearsal)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for an answer, in place of the profile''s own, as 2s')
            [CompletionResult]::new('--sms-price', '--sms-price', [CompletionResultType]::ParameterName, 'Price of one short message, to say what it will cost')
            [CompletionResult]::new('--webhook', '--webhook', [CompletionResultType]::ParameterName, 'Take a gateway''s incoming messages at this address of this machine instead of asking for them, as 127.0.0.1:8080')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Certificates to trust beside the system''s, as PEM, for a gateway of one''s own')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('--full', '--full', [CompletionResultType]::ParameterName, 'Ask too for what the routine leaves out: time zone, second server, SMS reports, remote management')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Send without asking')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Send without asking')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'homing;identify' {
            [CompletionResult]::new('--among', '--among', [CompletionResultType]::ParameterName, 'Profiles to consider, when it can only be one of these')
            [CompletionResult]::new('--hint', '--hint', [CompletionResultType]::ParameterName, 'Name on the tracker''s box: only profiles of trackers that are called so are considered')
            [CompletionResult]::new('--max-sms', '--max-sms', [CompletionResultType]::ParameterName, 'Short messages that it may take at most [default: 4]')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'Password of the tracker''s commands: file:PATH, env:NAME or ask [env: HOMING_PASSWORD]')
            [CompletionResult]::new('--phone', '--phone', [CompletionResultType]::ParameterName, 'Number of the tracker''s SIM, as +573001234567, for a question by SMS')
            [CompletionResult]::new('--iccid', '--iccid', [CompletionResultType]::ParameterName, 'ICCID of the tracker''s SIM, for a gateway that addresses by it')
            [CompletionResult]::new('--sim-id', '--sim-id', [CompletionResultType]::ParameterName, 'The SIM''s id at a gateway that addresses by it')
            [CompletionResult]::new('--imei', '--imei', [CompletionResultType]::ParameterName, 'IMEI of the tracker, where a question names it')
            [CompletionResult]::new('--device-id', '--device-id', [CompletionResultType]::ParameterName, 'The id that its maker gave it, where a question names it')
            [CompletionResult]::new('--country', '--country', [CompletionResultType]::ParameterName, 'Country of a number written without +, as CO or 57')
            [CompletionResult]::new('--via', '--via', [CompletionResultType]::ParameterName, 'Courier: cable:PORT, modem:PORT, gateway:NAME, manual (you and your phone) or lab (a rehearsal)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for an answer, in place of the profile''s own, as 2s')
            [CompletionResult]::new('--sms-price', '--sms-price', [CompletionResultType]::ParameterName, 'Price of one short message, to say what it will cost')
            [CompletionResult]::new('--webhook', '--webhook', [CompletionResultType]::ParameterName, 'Take a gateway''s incoming messages at this address of this machine instead of asking for them, as 127.0.0.1:8080')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Certificates to trust beside the system''s, as PEM, for a gateway of one''s own')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Send without asking')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Send without asking')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'homing;locate' {
            [CompletionResult]::new('--imei', '--imei', [CompletionResultType]::ParameterName, 'IMEI, 15 digits')
            [CompletionResult]::new('--device-id', '--device-id', [CompletionResultType]::ParameterName, 'The maker''s own id, where that is not the IMEI')
            [CompletionResult]::new('--phone', '--phone', [CompletionResultType]::ParameterName, 'Number of the tracker''s SIM, as +573001234567')
            [CompletionResult]::new('--iccid', '--iccid', [CompletionResultType]::ParameterName, 'ICCID of the tracker''s SIM')
            [CompletionResult]::new('--imsi', '--imsi', [CompletionResultType]::ParameterName, 'IMSI of the tracker''s SIM, by which --apn auto finds its operator')
            [CompletionResult]::new('--sim-id', '--sim-id', [CompletionResultType]::ParameterName, 'The SIM''s id at a gateway')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'A name for people')
            [CompletionResult]::new('--country', '--country', [CompletionResultType]::ParameterName, 'Country of numbers written without +, as CO or 57')
            [CompletionResult]::new('--apn', '--apn', [CompletionResultType]::ParameterName, 'APN of the SIM; auto finds it by the SIM''s operator, auto:WORD chooses where there are several')
            [CompletionResult]::new('--mcc-mnc', '--mcc-mnc', [CompletionResultType]::ParameterName, 'With --apn auto: MCC and MNC of the SIM''s home network, as 732101 or 214-07')
            [CompletionResult]::new('--apn-database', '--apn-database', [CompletionResultType]::ParameterName, 'With --apn auto: a serviceproviders.xml, or built-in [default: the system''s where it is newer, else built-in]')
            [CompletionResult]::new('--apn-user', '--apn-user', [CompletionResultType]::ParameterName, 'User name for the APN')
            [CompletionResult]::new('--apn-password', '--apn-password', [CompletionResultType]::ParameterName, 'Password for the APN: file:PATH, env:NAME or ask [env: HOMING_APN_PASSWORD]')
            [CompletionResult]::new('--login', '--login', [CompletionResultType]::ParameterName, 'Login name of the tracker''s SMS commands')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'Password of the tracker''s commands: file:PATH, env:NAME or ask [env: HOMING_PASSWORD]')
            [CompletionResult]::new('--server', '--server', [CompletionResultType]::ParameterName, 'Server: a configured name or HOST[:PORT] [default: plaspy]')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'Give a named server by its domain or by its ip')
            [CompletionResult]::new('--transport', '--transport', [CompletionResultType]::ParameterName, 'tcp or udp [default: the first the tracker has]')
            [CompletionResult]::new('--interval', '--interval', [CompletionResultType]::ParameterName, 'Time between two reports, as 60, 60s or 5m')
            [CompletionResult]::new('--timezone', '--timezone', [CompletionResultType]::ParameterName, 'Time zone of the tracker''s clock, as UTC or +05:30')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Any other setting of the profile; a secret one as NAME=file:PATH, env:NAME or ask')
            [CompletionResult]::new('--via', '--via', [CompletionResultType]::ParameterName, 'Courier: cable:PORT, modem:PORT, gateway:NAME, manual (you and your phone) or lab (a rehearsal)')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Longest wait for an answer, in place of the profile''s own, as 2s')
            [CompletionResult]::new('--sms-price', '--sms-price', [CompletionResultType]::ParameterName, 'Price of one short message, to say what it will cost')
            [CompletionResult]::new('--webhook', '--webhook', [CompletionResultType]::ParameterName, 'Take a gateway''s incoming messages at this address of this machine instead of asking for them, as 127.0.0.1:8080')
            [CompletionResult]::new('--ca-file', '--ca-file', [CompletionResultType]::ParameterName, 'Certificates to trust beside the system''s, as PEM, for a gateway of one''s own')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('--buzzer', '--buzzer', [CompletionResultType]::ParameterName, 'Sound the tracker''s buzzer instead')
            [CompletionResult]::new('--light', '--light', [CompletionResultType]::ParameterName, 'Let the tracker''s light flash instead')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Send without asking')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Send without asking')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'homing;probe' {
            [CompletionResult]::new('--file', '--file', [CompletionResultType]::ParameterName, 'More endpoints, one a line; `-` is standard input')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Only the transports that this profile''s trackers can use')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write json, junit or prometheus to this file, whole or not at all')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write json, junit or prometheus to this file, whole or not at all')
            [CompletionResult]::new('--imei', '--imei', [CompletionResultType]::ParameterName, 'Say who a tracker of yours is, in its protocol, and wait for the server''s acknowledgement; never a position')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'The protocol to speak: gt06, eelink, jt808, meiligao or watch')
            [CompletionResult]::new('--payload', '--payload', [CompletionResultType]::ParameterName, 'Send these bytes and wait for an answer: hex:… or text:… (with \r \n \t \0 \\ \xHH); counts for TCP and UDP')
            [CompletionResult]::new('--expect', '--expect', [CompletionResultType]::ParameterName, 'What the answer has to hold: re:…, hex:… or text:…; without it any answer counts')
            [CompletionResult]::new('--expect-ip', '--expect-ip', [CompletionResultType]::ParameterName, 'An address that the names must lead to; else it is a failure')
            [CompletionResult]::new('--dns', '--dns', [CompletionResultType]::ParameterName, 'Ask this DNS server in place of the system''s resolver: ADDRESS[:PORT]')
            [CompletionResult]::new('--source', '--source', [CompletionResultType]::ParameterName, 'Go out from this address of the machine')
            [CompletionResult]::new('--interface', '--interface', [CompletionResultType]::ParameterName, 'Go out through this network interface')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Wait so long for a connection, for an answer, and for a name; less than 4s cannot prove a silent drop')
            [CompletionResult]::new('--hold', '--hold', [CompletionResultType]::ParameterName, 'Watch an idle connection so long: a server that hangs up within it is not reachable')
            [CompletionResult]::new('--tries', '--tries', [CompletionResultType]::ParameterName, 'Try each address so often, and give figures')
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'A failure counts only if it repeats, as in 2/3: two of at most three tries')
            [CompletionResult]::new('--spacing', '--spacing', [CompletionResultType]::ParameterName, 'Between two tries of one address; less than 1s only towards this machine itself')
            [CompletionResult]::new('--deadline', '--deadline', [CompletionResultType]::ParameterName, 'End the whole run after this time, with what is known by then')
            [CompletionResult]::new('--every', '--every', [CompletionResultType]::ParameterName, 'Go on: again every so often, at least 10s; changes stand out, Ctrl-C ends with a summary')
            [CompletionResult]::new('--warn', '--warn', [CompletionResultType]::ParameterName, 'Warn when an address takes longer: a range in milliseconds, as 200 or 10:200')
            [CompletionResult]::new('--critical', '--critical', [CompletionResultType]::ParameterName, 'Fail when an address takes longer')
            [CompletionResult]::new('--inconclusive', '--inconclusive', [CompletionResultType]::ParameterName, 'How what is not proven counts [default: exit 3; for nagios, WARNING]')
            [CompletionResult]::new('--nat-up-to', '--nat-up-to', [CompletionResultType]::ParameterName, 'The longest silence that is tried')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Say what would be sent, and send nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Say what would be sent, and send nothing')
            [CompletionResult]::new('-4', '-4', [CompletionResultType]::ParameterName, 'Only IPv4 addresses')
            [CompletionResult]::new('--ipv4', '--ipv4', [CompletionResultType]::ParameterName, 'Only IPv4 addresses')
            [CompletionResult]::new('-6', '-6', [CompletionResultType]::ParameterName, 'Only IPv6 addresses')
            [CompletionResult]::new('--ipv6', '--ipv6', [CompletionResultType]::ParameterName, 'Only IPv6 addresses')
            [CompletionResult]::new('--nat', '--nat', [CompletionResultType]::ParameterName, 'Measure how long this network keeps an idle way open, against `homing listen --echo` of your own at ENDPOINT')
            [CompletionResult]::new('--nat-keep-alive', '--nat-keep-alive', [CompletionResultType]::ParameterName, 'The same over TCP against any server, without a byte: at most 6 connections, watched by the system''s keep-alive')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'homing;decode' {
            [CompletionResult]::new('--input', '--input', [CompletionResultType]::ParameterName, 'What it is written as')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Take this protocol for granted, or find it out: auto')
            [CompletionResult]::new('--log-zone', '--log-zone', [CompletionResultType]::ParameterName, 'Time zone of times in a log that name none, as +05:30')
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'Of a packet capture, only what goes to or comes from this port')
            [CompletionResult]::new('--imei', '--imei', [CompletionResultType]::ParameterName, 'The tracker that is expected; several may be given')
            [CompletionResult]::new('--interval', '--interval', [CompletionResultType]::ParameterName, 'The report interval that is set, as 60s')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'homing;check' {
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Only this protocol; may be given several times')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'What chance begins with: the same seed sends the same frames')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'homing;listen' {
            [CompletionResult]::new('--tcp', '--tcp', [CompletionResultType]::ParameterName, 'Take connections here: PORT (on this machine only), ADDRESS, or ADDRESS:PORT; port 0 is any free one [default: 127.0.0.1:8888, with --udp too]')
            [CompletionResult]::new('--udp', '--udp', [CompletionResultType]::ParameterName, 'Take datagrams here')
            [CompletionResult]::new('--relay', '--relay', [CompletionResultType]::ParameterName, 'Pass everything on to this server unchanged, and what it says back, and show both')
            [CompletionResult]::new('--record', '--record', [CompletionResultType]::ParameterName, 'Write what came to this file, for homing decode: a log, or a packet capture when its name ends in .pcap')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'End after this time')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'End after so many messages of trackers')
            [CompletionResult]::new('--connections', '--connections', [CompletionResultType]::ParameterName, 'Connections at one time; more are closed at once')
            [CompletionResult]::new('--first', '--first', [CompletionResultType]::ParameterName, 'Close a connection that has sent no frame of a tracker after this time')
            [CompletionResult]::new('--frame', '--frame', [CompletionResultType]::ParameterName, 'Close a connection whose frame was begun and not ended after this time')
            [CompletionResult]::new('--idle', '--idle', [CompletionResultType]::ParameterName, 'Close a connection whose tracker is silent for this time')
            [CompletionResult]::new('--send', '--send', [CompletionResultType]::ParameterName, 'Send this step of --profile to the tracker of --imei on its own connection, once it speaks, and end with its answer')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile of that tracker: its id, a model''s name, or the path of a TOML file')
            [CompletionResult]::new('--imei', '--imei', [CompletionResultType]::ParameterName, 'IMEI, 15 digits')
            [CompletionResult]::new('--device-id', '--device-id', [CompletionResultType]::ParameterName, 'The maker''s own id, where that is not the IMEI')
            [CompletionResult]::new('--phone', '--phone', [CompletionResultType]::ParameterName, 'Number of the tracker''s SIM, as +573001234567')
            [CompletionResult]::new('--iccid', '--iccid', [CompletionResultType]::ParameterName, 'ICCID of the tracker''s SIM')
            [CompletionResult]::new('--imsi', '--imsi', [CompletionResultType]::ParameterName, 'IMSI of the tracker''s SIM, by which --apn auto finds its operator')
            [CompletionResult]::new('--sim-id', '--sim-id', [CompletionResultType]::ParameterName, 'The SIM''s id at a gateway')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'A name for people')
            [CompletionResult]::new('--country', '--country', [CompletionResultType]::ParameterName, 'Country of numbers written without +, as CO or 57')
            [CompletionResult]::new('--apn', '--apn', [CompletionResultType]::ParameterName, 'APN of the SIM; auto finds it by the SIM''s operator, auto:WORD chooses where there are several')
            [CompletionResult]::new('--mcc-mnc', '--mcc-mnc', [CompletionResultType]::ParameterName, 'With --apn auto: MCC and MNC of the SIM''s home network, as 732101 or 214-07')
            [CompletionResult]::new('--apn-database', '--apn-database', [CompletionResultType]::ParameterName, 'With --apn auto: a serviceproviders.xml, or built-in [default: the system''s where it is newer, else built-in]')
            [CompletionResult]::new('--apn-user', '--apn-user', [CompletionResultType]::ParameterName, 'User name for the APN')
            [CompletionResult]::new('--apn-password', '--apn-password', [CompletionResultType]::ParameterName, 'Password for the APN: file:PATH, env:NAME or ask [env: HOMING_APN_PASSWORD]')
            [CompletionResult]::new('--login', '--login', [CompletionResultType]::ParameterName, 'Login name of the tracker''s SMS commands')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'Password of the tracker''s commands: file:PATH, env:NAME or ask [env: HOMING_PASSWORD]')
            [CompletionResult]::new('--server', '--server', [CompletionResultType]::ParameterName, 'Server: a configured name or HOST[:PORT] [default: plaspy]')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'Give a named server by its domain or by its ip')
            [CompletionResult]::new('--transport', '--transport', [CompletionResultType]::ParameterName, 'tcp or udp [default: the first the tracker has]')
            [CompletionResult]::new('--interval', '--interval', [CompletionResultType]::ParameterName, 'Time between two reports, as 60, 60s or 5m')
            [CompletionResult]::new('--timezone', '--timezone', [CompletionResultType]::ParameterName, 'Time zone of the tracker''s clock, as UTC or +05:30')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Any other setting of the profile; a secret one as NAME=file:PATH, env:NAME or ask')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('--echo', '--echo', [CompletionResultType]::ParameterName, 'Send everything back as it came, for measuring what lies on the way')
            [CompletionResult]::new('--destructive', '--destructive', [CompletionResultType]::ParameterName, 'Allow a step that erases, locks out or stops reporting')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'homing;simulate' {
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'The server: HOST[:PORT][/tcp|/udp]; the port is 8888 and the transport tcp unless given')
            [CompletionResult]::new('--count', '--count', [CompletionResultType]::ParameterName, 'How many trackers')
            [CompletionResult]::new('--imei', '--imei', [CompletionResultType]::ParameterName, 'The IMEI of a tracker; may be given several times')
            [CompletionResult]::new('--imeis', '--imeis', [CompletionResultType]::ParameterName, 'A file with an IMEI a line')
            [CompletionResult]::new('--track', '--track', [CompletionResultType]::ParameterName, 'The way that they take: GPX or GeoJSON; else a loop of four kilometres')
            [CompletionResult]::new('--speed', '--speed', [CompletionResultType]::ParameterName, 'How fast they go, km/h')
            [CompletionResult]::new('--interval', '--interval', [CompletionResultType]::ParameterName, 'From one position of a tracker to its next')
            [CompletionResult]::new('--messages', '--messages', [CompletionResultType]::ParameterName, 'End after so many positions of each tracker')
            [CompletionResult]::new('--for', '--for', [CompletionResultType]::ParameterName, 'End after this time')
            [CompletionResult]::new('--fault', '--fault', [CompletionResultType]::ParameterName, 'Let something go wrong; --help lists what can')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'Decides when faults strike that do not always')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('--confirmed', '--confirmed', [CompletionResultType]::ParameterName, 'Let positions ask to be confirmed, where the protocol knows that')
            [CompletionResult]::new('--yes-really-send', '--yes-really-send', [CompletionResultType]::ParameterName, 'Send to another machine; it wants --imei or --imeis, and a server whose owner agrees')
            [CompletionResult]::new('--resolve', '--resolve', [CompletionResultType]::ParameterName, 'Look up the name of the server')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'homing;apn' {
            [CompletionResult]::new('--imsi', '--imsi', [CompletionResultType]::ParameterName, 'IMSI of the SIM card, 14 or 15 digits')
            [CompletionResult]::new('--mcc-mnc', '--mcc-mnc', [CompletionResultType]::ParameterName, 'MCC and MNC of the SIM card''s home network, as 732101 or 214-07')
            [CompletionResult]::new('--country', '--country', [CompletionResultType]::ParameterName, 'Everything of a country: its code or name, as CO or Colombia')
            [CompletionResult]::new('--modem', '--modem', [CompletionResultType]::ParameterName, 'The SIM card in a modem: PORT, or modem:PORT[?baud=N&pin=SOURCE]')
            [CompletionResult]::new('--database', '--database', [CompletionResultType]::ParameterName, 'A serviceproviders.xml, or built-in [default: the system''s where it is newer, else built-in]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'homing;estimate' {
            [CompletionResult]::new('--imei', '--imei', [CompletionResultType]::ParameterName, 'IMEI, 15 digits')
            [CompletionResult]::new('--device-id', '--device-id', [CompletionResultType]::ParameterName, 'The maker''s own id, where that is not the IMEI')
            [CompletionResult]::new('--phone', '--phone', [CompletionResultType]::ParameterName, 'Number of the tracker''s SIM, as +573001234567')
            [CompletionResult]::new('--iccid', '--iccid', [CompletionResultType]::ParameterName, 'ICCID of the tracker''s SIM')
            [CompletionResult]::new('--imsi', '--imsi', [CompletionResultType]::ParameterName, 'IMSI of the tracker''s SIM, by which --apn auto finds its operator')
            [CompletionResult]::new('--sim-id', '--sim-id', [CompletionResultType]::ParameterName, 'The SIM''s id at a gateway')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'A name for people')
            [CompletionResult]::new('--country', '--country', [CompletionResultType]::ParameterName, 'Country of numbers written without +, as CO or 57')
            [CompletionResult]::new('--apn', '--apn', [CompletionResultType]::ParameterName, 'APN of the SIM; auto finds it by the SIM''s operator, auto:WORD chooses where there are several')
            [CompletionResult]::new('--mcc-mnc', '--mcc-mnc', [CompletionResultType]::ParameterName, 'With --apn auto: MCC and MNC of the SIM''s home network, as 732101 or 214-07')
            [CompletionResult]::new('--apn-database', '--apn-database', [CompletionResultType]::ParameterName, 'With --apn auto: a serviceproviders.xml, or built-in [default: the system''s where it is newer, else built-in]')
            [CompletionResult]::new('--apn-user', '--apn-user', [CompletionResultType]::ParameterName, 'User name for the APN')
            [CompletionResult]::new('--apn-password', '--apn-password', [CompletionResultType]::ParameterName, 'Password for the APN: file:PATH, env:NAME or ask [env: HOMING_APN_PASSWORD]')
            [CompletionResult]::new('--login', '--login', [CompletionResultType]::ParameterName, 'Login name of the tracker''s SMS commands')
            [CompletionResult]::new('--password', '--password', [CompletionResultType]::ParameterName, 'Password of the tracker''s commands: file:PATH, env:NAME or ask [env: HOMING_PASSWORD]')
            [CompletionResult]::new('--server', '--server', [CompletionResultType]::ParameterName, 'Server: a configured name or HOST[:PORT] [default: plaspy]')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'Give a named server by its domain or by its ip')
            [CompletionResult]::new('--transport', '--transport', [CompletionResultType]::ParameterName, 'tcp or udp [default: the first the tracker has]')
            [CompletionResult]::new('--interval', '--interval', [CompletionResultType]::ParameterName, 'Time between two reports, as 60, 60s or 5m')
            [CompletionResult]::new('--timezone', '--timezone', [CompletionResultType]::ParameterName, 'Time zone of the tracker''s clock, as UTC or +05:30')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Any other setting of the profile; a secret one as NAME=file:PATH, env:NAME or ask')
            [CompletionResult]::new('--routine', '--routine', [CompletionResultType]::ParameterName, 'Routine of the profile: provision, verify, identify or one of its own')
            [CompletionResult]::new('--step', '--step', [CompletionResultType]::ParameterName, 'Single steps instead of a routine, in this order')
            [CompletionResult]::new('--without', '--without', [CompletionResultType]::ParameterName, 'Leave a step of the routine out')
            [CompletionResult]::new('--assume', '--assume', [CompletionResultType]::ParameterName, 'Allow a form that no source gives for this tracker, by its word, as udp')
            [CompletionResult]::new('--sms-price', '--sms-price', [CompletionResultType]::ParameterName, 'Price of one SMS, as 0.07')
            [CompletionResult]::new('--currency', '--currency', [CompletionResultType]::ParameterName, 'Currency of that price, as EUR')
            [CompletionResult]::new('--protocol', '--protocol', [CompletionResultType]::ParameterName, 'Protocol of its reports [default: the likeliest of the profile]')
            [CompletionResult]::new('--heartbeat', '--heartbeat', [CompletionResultType]::ParameterName, 'Time between two signs of life [default: none are sent]')
            [CompletionResult]::new('--sessions', '--sessions', [CompletionResultType]::ParameterName, 'Connections (and logins) in a day')
            [CompletionResult]::new('--frame', '--frame', [CompletionResultType]::ParameterName, 'Bytes of one report, as measured, where no protocol is to be asked')
            [CompletionResult]::new('--answer', '--answer', [CompletionResultType]::ParameterName, 'With --frame, bytes of the server''s answer to it')
            [CompletionResult]::new('--battery-mah', '--battery-mah', [CompletionResultType]::ParameterName, 'What the battery holds, in milliampere hours [default: what a source says of the profile]')
            [CompletionResult]::new('--current-ma', '--current-ma', [CompletionResultType]::ParameterName, 'Mean current at this interval, in milliamperes')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('--factory-reset', '--factory-reset', [CompletionResultType]::ParameterName, 'Begin with the factory reset, which erases the tracker''s settings')
            [CompletionResult]::new('--destructive', '--destructive', [CompletionResultType]::ParameterName, 'Allow single steps that erase, lock out or stop reporting')
            [CompletionResult]::new('--no-identify', '--no-identify', [CompletionResultType]::ParameterName, 'Count no questions that find out which dialect the tracker obeys')
            [CompletionResult]::new('--confirmed', '--confirmed', [CompletionResultType]::ParameterName, 'Reports ask for an answer, where the protocol leaves the choice [default: as the settings make them]')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'homing;profile' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'All profiles, with what each rests on')
            [CompletionResult]::new('find', 'find', [CompletionResultType]::ParameterValue, 'Profiles by a word of their id, name, maker or models')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'One profile: its steps, with evidence and source')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check profiles: every problem with file, line and caret')
            [CompletionResult]::new('new', 'new', [CompletionResultType]::ParameterValue, 'A profile for a tracker that has none: asks, and writes the file')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'homing;profile;list' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'homing;profile;find' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'homing;profile;show' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'homing;profile;check' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('--notes', '--notes', [CompletionResultType]::ParameterName, 'Say notes too: what a profile cannot prove')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'homing;profile;new' {
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Folder for the file [default: this one]')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('--from-template', '--from-template', [CompletionResultType]::ParameterName, 'Write the commented template under this id, without asking')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'homing;profile;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'All profiles, with what each rests on')
            [CompletionResult]::new('find', 'find', [CompletionResultType]::ParameterValue, 'Profiles by a word of their id, name, maker or models')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'One profile: its steps, with evidence and source')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check profiles: every problem with file, line and caret')
            [CompletionResult]::new('new', 'new', [CompletionResultType]::ParameterValue, 'A profile for a tracker that has none: asks, and writes the file')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'homing;profile;help;list' {
            break
        }
        'homing;profile;help;find' {
            break
        }
        'homing;profile;help;show' {
            break
        }
        'homing;profile;help;check' {
            break
        }
        'homing;profile;help;new' {
            break
        }
        'homing;profile;help;help' {
            break
        }
        'homing;port' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'What is plugged in, and what each port probably is')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'homing;port;list' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'homing;port;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'What is plugged in, and what each port probably is')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'homing;port;help;list' {
            break
        }
        'homing;port;help;help' {
            break
        }
        'homing;modem' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('info', 'info', [CompletionResultType]::ParameterValue, 'Which modem, SIM card and network, and whether it could send now')
            [CompletionResult]::new('inbox', 'inbox', [CompletionResultType]::ParameterValue, 'The messages in its stores; nothing is deleted')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'homing;modem;info' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'homing;modem;inbox' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output')
            [CompletionResult]::new('--phone', '--phone', [CompletionResultType]::ParameterName, 'Only messages from this number')
            [CompletionResult]::new('--country', '--country', [CompletionResultType]::ParameterName, 'Country of a number written without +, as CO or 57')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'homing;modem;help' {
            [CompletionResult]::new('info', 'info', [CompletionResultType]::ParameterValue, 'Which modem, SIM card and network, and whether it could send now')
            [CompletionResult]::new('inbox', 'inbox', [CompletionResultType]::ParameterValue, 'The messages in its stores; nothing is deleted')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'homing;modem;help;info' {
            break
        }
        'homing;modem;help;inbox' {
            break
        }
        'homing;modem;help;help' {
            break
        }
        'homing;gateway' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'The definitions that came with the program')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'What a gateway needs, is asked, and cannot prove')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Whether a gateway of the configuration is there and takes its credentials; sends no message')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'homing;gateway;list' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'homing;gateway;show' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'homing;gateway;test' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'homing;gateway;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'The definitions that came with the program')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'What a gateway needs, is asked, and cannot prove')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Whether a gateway of the configuration is there and takes its credentials; sends no message')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'homing;gateway;help;list' {
            break
        }
        'homing;gateway;help;show' {
            break
        }
        'homing;gateway;help;test' {
            break
        }
        'homing;gateway;help;help' {
            break
        }
        'homing;lab' {
            [CompletionResult]::new('--trackers', '--trackers', [CompletionResultType]::ParameterName, 'A CSV of trackers, whose column lab says how each behaves, or how many of --profile there are')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile of the trackers that name none')
            [CompletionResult]::new('--country', '--country', [CompletionResultType]::ParameterName, 'Country of numbers written without +, as CO or 57')
            [CompletionResult]::new('--modems', '--modems', [CompletionResultType]::ParameterName, 'How many modems there are')
            [CompletionResult]::new('--gateway', '--gateway', [CompletionResultType]::ParameterName, 'Also answer as an SMS gateway here, on loopback: 127.0.0.1:0 takes any free port; definition capcom6, user and password lab')
            [CompletionResult]::new('--stand-in', '--stand-in', [CompletionResultType]::ParameterName, 'Trackers that are pointed at this server report to that address of loopback, which stands in for it')
            [CompletionResult]::new('--fault', '--fault', [CompletionResultType]::ParameterName, 'Let something go wrong, always or at a rate as cms=38:5%; --help lists what can')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'Decides when faults strike that do not always')
            [CompletionResult]::new('--log', '--log', [CompletionResultType]::ParameterName, 'Write every event here, one JSON object a line; with --verbose also every line of the modems')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('--until-eof', '--until-eof', [CompletionResultType]::ParameterName, 'End when standard input ends, and not only by a signal')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'homing;completions' {
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml')
            [CompletionResult]::new('--profile-dir', '--profile-dir', [CompletionResultType]::ParameterName, 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Say errors only')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Say what is sent and heard (secrets masked)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'homing;help' {
            [CompletionResult]::new('generate', 'generate', [CompletionResultType]::ParameterValue, 'Show the exact commands for one tracker or a whole CSV')
            [CompletionResult]::new('send', 'send', [CompletionResultType]::ParameterValue, 'Send one tracker''s commands now, wait for each answer, read the settings back')
            [CompletionResult]::new('batch', 'batch', [CompletionResultType]::ParameterValue, 'The same for a CSV, through a journal: run, status, resume, report')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Read the settings back and compare them with what they should be')
            [CompletionResult]::new('identify', 'identify', [CompletionResultType]::ParameterValue, 'Find out which dialect a tracker obeys, by questions that change nothing')
            [CompletionResult]::new('locate', 'locate', [CompletionResultType]::ParameterValue, 'Ask a tracker where it is; its buzzer or light where a source gives the command')
            [CompletionResult]::new('probe', 'probe', [CompletionResultType]::ParameterValue, 'Is the server reachable: DNS, TCP and UDP, each with a verdict and what to do')
            [CompletionResult]::new('decode', 'decode', [CompletionResultType]::ParameterValue, 'Explain captured bytes: which protocol, every field, what is wrong')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'The loopback check: generated and golden frames over real sockets, every field compared')
            [CompletionResult]::new('listen', 'listen', [CompletionResultType]::ParameterValue, 'Stand in for the server: show what trackers say, answer, relay, record')
            [CompletionResult]::new('simulate', 'simulate', [CompletionResultType]::ParameterValue, 'Be one tracker or many towards a server; on this machine unless it is allowed to leave it')
            [CompletionResult]::new('apn', 'apn', [CompletionResultType]::ParameterValue, 'The access point of a SIM card: which ones are known, and which one --apn auto takes')
            [CompletionResult]::new('estimate', 'estimate', [CompletionResultType]::ParameterValue, 'What a plan and an interval cost: SMS, bytes a day, days of a battery')
            [CompletionResult]::new('profile', 'profile', [CompletionResultType]::ParameterValue, 'The catalogue of tracker families')
            [CompletionResult]::new('port', 'port', [CompletionResultType]::ParameterValue, 'The serial ports of this machine')
            [CompletionResult]::new('modem', 'modem', [CompletionResultType]::ParameterValue, 'A GSM modem: what it is, whether it could send, what lies in its stores')
            [CompletionResult]::new('gateway', 'gateway', [CompletionResultType]::ParameterValue, 'SMS gateways: what is known of each, and whether one takes its credentials')
            [CompletionResult]::new('lab', 'lab', [CompletionResultType]::ParameterValue, 'A rehearsal: virtual modems, trackers behind their numbers, an SMS gateway')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completion script for a shell')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'homing;help;generate' {
            break
        }
        'homing;help;send' {
            break
        }
        'homing;help;batch' {
            [CompletionResult]::new('run', 'run', [CompletionResultType]::ParameterValue, 'Begin a batch, or go on with the one that this CSV began')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'The batches of the journal')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'How far a batch is; also while it runs')
            [CompletionResult]::new('resume', 'resume', [CompletionResultType]::ParameterValue, 'Go on with a batch, as it was begun or with a corrected CSV')
            [CompletionResult]::new('resolve', 'resolve', [CompletionResultType]::ParameterValue, 'What nobody knows the outcome of, and a person''s word on it')
            [CompletionResult]::new('confirm', 'confirm', [CompletionResultType]::ParameterValue, 'Who reports, out of what the platform exports of its units')
            [CompletionResult]::new('report', 'report', [CompletionResultType]::ParameterValue, 'What became of every tracker')
            [CompletionResult]::new('cancel', 'cancel', [CompletionResultType]::ParameterValue, 'Send nothing more of a batch')
            break
        }
        'homing;help;batch;run' {
            break
        }
        'homing;help;batch;list' {
            break
        }
        'homing;help;batch;status' {
            break
        }
        'homing;help;batch;resume' {
            break
        }
        'homing;help;batch;resolve' {
            break
        }
        'homing;help;batch;confirm' {
            break
        }
        'homing;help;batch;report' {
            break
        }
        'homing;help;batch;cancel' {
            break
        }
        'homing;help;verify' {
            break
        }
        'homing;help;identify' {
            break
        }
        'homing;help;locate' {
            break
        }
        'homing;help;probe' {
            break
        }
        'homing;help;decode' {
            break
        }
        'homing;help;check' {
            break
        }
        'homing;help;listen' {
            break
        }
        'homing;help;simulate' {
            break
        }
        'homing;help;apn' {
            break
        }
        'homing;help;estimate' {
            break
        }
        'homing;help;profile' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'All profiles, with what each rests on')
            [CompletionResult]::new('find', 'find', [CompletionResultType]::ParameterValue, 'Profiles by a word of their id, name, maker or models')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'One profile: its steps, with evidence and source')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check profiles: every problem with file, line and caret')
            [CompletionResult]::new('new', 'new', [CompletionResultType]::ParameterValue, 'A profile for a tracker that has none: asks, and writes the file')
            break
        }
        'homing;help;profile;list' {
            break
        }
        'homing;help;profile;find' {
            break
        }
        'homing;help;profile;show' {
            break
        }
        'homing;help;profile;check' {
            break
        }
        'homing;help;profile;new' {
            break
        }
        'homing;help;port' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'What is plugged in, and what each port probably is')
            break
        }
        'homing;help;port;list' {
            break
        }
        'homing;help;modem' {
            [CompletionResult]::new('info', 'info', [CompletionResultType]::ParameterValue, 'Which modem, SIM card and network, and whether it could send now')
            [CompletionResult]::new('inbox', 'inbox', [CompletionResultType]::ParameterValue, 'The messages in its stores; nothing is deleted')
            break
        }
        'homing;help;modem;info' {
            break
        }
        'homing;help;modem;inbox' {
            break
        }
        'homing;help;gateway' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'The definitions that came with the program')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'What a gateway needs, is asked, and cannot prove')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Whether a gateway of the configuration is there and takes its credentials; sends no message')
            break
        }
        'homing;help;gateway;list' {
            break
        }
        'homing;help;gateway;show' {
            break
        }
        'homing;help;gateway;test' {
            break
        }
        'homing;help;lab' {
            break
        }
        'homing;help;completions' {
            break
        }
        'homing;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
