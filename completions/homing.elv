
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
            cand verify 'Read the settings back and compare them with what they should be'
            cand identify 'Find out which dialect a tracker obeys, by questions that change nothing'
            cand profile 'The catalogue of tracker families'
            cand port 'The serial ports of this machine'
            cand completions 'Print the completion script for a shell'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'homing;generate'= {
            cand --imei 'IMEI, 15 digits'
            cand --device-id 'The maker''s own id, where that is not the IMEI'
            cand --phone 'Number of the tracker''s SIM, as +573001234567'
            cand --iccid 'ICCID of the tracker''s SIM'
            cand --sim-id 'The SIM''s id at a gateway'
            cand --name 'A name for people'
            cand --country 'Country of numbers written without +, as CO or 57'
            cand --apn 'APN of the SIM'
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
            cand --sim-id 'The SIM''s id at a gateway'
            cand --name 'A name for people'
            cand --country 'Country of numbers written without +, as CO or 57'
            cand --apn 'APN of the SIM'
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
            cand --via 'Courier: cable:PORT[?baud=N]'
            cand --timeout 'Longest wait for an answer, in place of the profile''s own, as 2s'
            cand --format 'Output'
            cand --config 'Read this configuration file instead of $XDG_CONFIG_HOME/homing/config.toml'
            cand --profile-dir 'Profiles of your own: a folder of TOML files, or one file; they come before the built-in ones'
            cand --factory-reset 'Begin with the factory reset, which erases the tracker''s settings'
            cand --destructive 'Allow single steps that erase, lock out or stop reporting'
            cand --dry-run 'Show every message, send nothing'
            cand --show-secrets 'With --dry-run, show secrets too'
            cand -y 'Send without asking'
            cand --yes 'Send without asking'
            cand -q 'Say errors only'
            cand --quiet 'Say errors only'
            cand -v 'Say what is sent and heard (secrets masked)'
            cand --verbose 'Say what is sent and heard (secrets masked)'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'homing;verify'= {
            cand --imei 'IMEI, 15 digits'
            cand --device-id 'The maker''s own id, where that is not the IMEI'
            cand --phone 'Number of the tracker''s SIM, as +573001234567'
            cand --iccid 'ICCID of the tracker''s SIM'
            cand --sim-id 'The SIM''s id at a gateway'
            cand --name 'A name for people'
            cand --country 'Country of numbers written without +, as CO or 57'
            cand --apn 'APN of the SIM'
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
            cand --via 'Courier: cable:PORT[?baud=N]'
            cand --timeout 'Longest wait for an answer, in place of the profile''s own, as 2s'
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
        &'homing;identify'= {
            cand --password 'Password of the tracker''s commands: file:PATH, env:NAME or ask [env: HOMING_PASSWORD]'
            cand --via 'Courier: cable:PORT[?baud=N]'
            cand --timeout 'Longest wait for an answer, in place of the profile''s own, as 2s'
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
        &'homing;profile;help'= {
            cand list 'All profiles, with what each rests on'
            cand find 'Profiles by a word of their id, name, maker or models'
            cand show 'One profile: its steps, with evidence and source'
            cand check 'Check profiles: every problem with file, line and caret'
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
            cand verify 'Read the settings back and compare them with what they should be'
            cand identify 'Find out which dialect a tracker obeys, by questions that change nothing'
            cand profile 'The catalogue of tracker families'
            cand port 'The serial ports of this machine'
            cand completions 'Print the completion script for a shell'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'homing;help;generate'= {
        }
        &'homing;help;send'= {
        }
        &'homing;help;verify'= {
        }
        &'homing;help;identify'= {
        }
        &'homing;help;profile'= {
            cand list 'All profiles, with what each rests on'
            cand find 'Profiles by a word of their id, name, maker or models'
            cand show 'One profile: its steps, with evidence and source'
            cand check 'Check profiles: every problem with file, line and caret'
        }
        &'homing;help;profile;list'= {
        }
        &'homing;help;profile;find'= {
        }
        &'homing;help;profile;show'= {
        }
        &'homing;help;profile;check'= {
        }
        &'homing;help;port'= {
            cand list 'What is plugged in, and what each port probably is'
        }
        &'homing;help;port;list'= {
        }
        &'homing;help;completions'= {
        }
        &'homing;help;help'= {
        }
    ]
    $completions[$command]
}
