#requires -Version 5.1
# What a PowerShell user does, in the PowerShell that runs this file. Build first: the staged module is tested.

BeforeAll {
    Set-StrictMode -Version Latest
    $manifest = Join-Path (Split-Path $PSScriptRoot) 'LlmMemory.psd1'
    Remove-Module LlmMemory -ErrorAction Ignore
    Import-Module $manifest
}

Describe 'Get-LlmMemoryEstimate' {
    It 'gives <Total> bytes for <Command>' -ForEach @(
        @{ Command = 'Get-LlmMemoryEstimate -Parameters 7B -DataType BF16 -Mode Training'; Total = 117600000000 }
        @{ Command = 'Get-LlmMemoryEstimate 7B -DataType BF16'; Total = 14000000000 }
        @{ Command = 'Get-LlmMemoryEstimate 7B -DataType INT4'; Total = 3500000000 }
        @{ Command = 'Get-LlmMemoryEstimate 13B -DataType float -Mode Training'; Total = 436800000000 }
        @{ Command = 'Get-LlmMemoryEstimate 13B -DataType float -Mode Training -Optimizer SGD'; Total = 374400000000 }
        @{ Command = 'Get-LlmMemoryEstimate 13B -DataType float -Mode Training -SafetyMargin 10%'; Total = 400400000000 }
        @{ Command = 'Get-LlmMemoryEstimate 13B -DataType float -Mode Training -TrainingMultiplier 3'; Total = 374400000000 }
        @{ Command = 'Get-LoraMemoryEstimate 7B -AdapterParameters 20M'; Total = 14672000000 }
        @{ Command = 'Get-LoraMemoryEstimate 7B -AdapterParameters 20M -BaseDataType INT4'; Total = 4172000000 }
    ) {
        ([scriptblock]::Create($Command).Invoke())[0].TotalBytes | Should -Be $Total
    }

    It 'sorts, filters, groups and measures' {
        $estimates = Get-LlmMemoryEstimate 13B, 7B, 70B -DataType BF16, INT4
        ($estimates | Sort-Object TotalBytes)[0].TotalGB | Should -Be 3.5
        ($estimates | Sort-Object)[-1].TotalGB | Should -Be 140
        @($estimates | Where-Object TotalGB -LT 10).Count | Should -Be 2
        @($estimates | Group-Object DataType).Count | Should -Be 2
        ($estimates | Measure-Object TotalBytes -Sum).Sum | Should -Be 225000000000
    }

    It 'reads a CSV file of models and writes one of estimates' {
        $models = Join-Path $TestDrive 'models.csv'
        $estimates = Join-Path $TestDrive 'estimates.csv'
        @'
Name,Parameters,DataType,Mode,Optimizer
small,350M,float,Inference,
medium,7B,bf16,Training,AdamW
large,"70,000,000,000",,Training,SGD
'@ | Set-Content $models
        Import-Csv $models | Get-LlmMemoryEstimate | Export-Csv $estimates -NoTypeInformation
        (Import-Csv $estimates).TotalBytes | Should -Be '1400000000', '117600000000', '1008000000000'
    }

    It 'writes readable details into a CSV file' {
        $row = Get-LoraMemoryEstimate 7B 20M | ConvertTo-Csv -NoTypeInformation | ConvertFrom-Csv
        $row.Devices | Should -Be 'Device 0: 14.672 GB'
        $row.Components | Should -BeLike 'Base weights: 14 GB (parameters x bytes = 7 B x 2 bytes); Adapter weights: 0.08 GB*'
        $row.Assumptions | Should -BeLike '*by default (-BaseDataType).; *'
    }

    It 'has details that are indexed and read-only' {
        $estimate = Get-LlmMemoryEstimate 7B
        $estimate.Devices[0].Bytes | Should -Be 14000000000
        $estimate.Components[0].Name | Should -Be 'Weights'
        $estimate.Components.IsReadOnly | Should -Not -Be $false
        { $estimate.Assumptions.Add('x') } | Should -Throw
    }

    It 'reports the bad rows of a long CSV file and goes on' {
        $models = Join-Path $TestDrive 'long.csv'
        1..1000 | ForEach-Object {
            [pscustomobject]@{ Parameters = if ($_ % 4) { "${_}M" } else { "bad$_" }; DataType = 'INT8'; Mode = 'Inference' }
        } | Export-Csv $models -NoTypeInformation
        $good = @(Import-Csv $models | Get-LlmMemoryEstimate -ErrorVariable problems -ErrorAction SilentlyContinue)
        $good.TotalBytes | Should -Be @(1..1000 | Where-Object { $_ % 4 } | ForEach-Object { $_ * 1000000 })
        $problems.Count | Should -Be 250
        $problems.TargetObject | Should -Be @(1..250 | ForEach-Object { "bad$($_ * 4)" })
        $problems.FullyQualifiedErrorId | Select-Object -Unique |
            Should -Be 'ParameterCountInvalid,LlmMemory.Commands.GetLlmMemoryEstimateCommand'
    }

    It 'converts to JSON at the default depth without loss' {
        $warnings = @()
        $copy = Get-LlmMemoryEstimate 7B -Mode Training | ConvertTo-Json -WarningVariable warnings | ConvertFrom-Json
        $warnings | Should -BeNullOrEmpty
        $copy.TotalBytes | Should -Be 117600000000
        $copy.Components.Count | Should -Be 5
        $copy.Components[0].Formula | Should -Be 'parameters x bytes = 7 B x 2 bytes'
    }

    It 'survives Export-Clixml' {
        $path = Join-Path $TestDrive 'estimate.xml'
        Get-LlmMemoryEstimate 7B -Mode Training | Export-Clixml $path
        $copy = Import-Clixml $path
        $copy.Components[0].Formula | Should -Be 'parameters x bytes = 7 B x 2 bytes'
        ($copy | Get-LlmMemoryEstimate).TotalBytes | Should -Be 117600000000
    }

    It 'draws both views and the receipt' {
        $estimate = Get-LlmMemoryEstimate 7B -Mode Training
        $estimate | Format-Table | Out-String -Width 120 | Should -Match 'Total\(GB\)'
        $estimate | Format-Table -View GiB | Out-String -Width 120 | Should -Match 'Total\(GiB\)'
        $estimate | Format-List | Out-String -Width 120 | Should -Match 'Optimizer states : +28[.,]000 GB +26[.,]077 GiB'
    }

    It 'shows what a device has in use where that was measured' {
        $training = @{ Model = 'mistral-7b-v0.1'; Mode = 'Training'; Sharding = 'FSDP'; DataParallel = 4 }
        $measured = Get-LlmMemoryEstimate @training -Recompute Full | Format-List | Out-String -Width 120
        $measured | Should -Match 'Reserved +: +31[.,]803 GB +29[.,]619 GiB \(30[.,]795 to 34[.,]826 GB on the fullest device\)'
        $measured | Should -Match 'nvidia-smi +: +33[.,]950 GB +31[.,]619 GiB \(32[.,]942 to 36[.,]974 GB on the fullest device\)'
        Get-LlmMemoryEstimate @training | Format-List | Out-String -Width 120 | Should -Not -Match 'nvidia-smi'
    }

    It 'shows what the bytes of a model are made of, and exports it' {
        $model = Get-LlmModel gpt-oss-20b-a3.6b -DataType MXFP4
        $model | Format-List | Out-String -Width 120 | Should -Match 'By data type +: U8 +10[.,]152 GB +73[.,]8 %'
        ($model | Select-Object BytesByDataType | ConvertTo-Csv)[-1] | Should -Be '"U8 10.152 GB; BF16 3.609 GB"'
    }

    It 'is found by tab completion' {
        $line = 'Get-LlmMemoryEstimate 7B -DataType b'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain 'BF16'
        $line = 'Get-LlmMemoryEstimate 7B | Sort-Object TotalG'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain 'TotalGB'
    }

    It 'stops on -ErrorAction Stop with its own error id' {
        { 'x' | Get-LlmMemoryEstimate -ErrorAction Stop } | Should -Throw -ErrorId 'ParameterCountInvalid,*'
        { Get-LlmMemoryEstimate 7B -DataType foat } | Should -Throw -ErrorId 'DataTypeUnknown,*'
    }

    It 'runs in parallel' -Skip:($PSVersionTable.PSVersion.Major -lt 7) {
        $totals = 1..16 | ForEach-Object -Parallel {
            Import-Module $using:manifest
            (Get-LlmMemoryEstimate "${_}B").TotalBytes
        }
        $totals | Sort-Object | Should -Be @(1..16 | ForEach-Object { $_ * 2000000000 })
    }

    It 'runs in a job' {
        $job = Start-Job { Import-Module $using:manifest; Get-LlmMemoryEstimate 7B -Mode Training }
        $estimate = $job | Receive-Job -Wait -AutoRemoveJob
        $estimate.TotalBytes | Should -Be 117600000000
        $estimate.Components[0].Formula | Should -Be 'parameters x bytes = 7 B x 2 bytes'
    }
}

Describe 'ConvertTo-LlmLaunchArgument' {
    BeforeAll {
        $estimate = Get-LlmMemoryEstimate -Model llama-3.1-70b -Engine vLLM -TensorParallel 4 -ContextLength 8k -DeviceMemory 80GB
        $start = $estimate | ConvertTo-LlmLaunchArgument -AsObject
        $properties = $estimate.PSObject.Properties.Name | Where-Object { $_ -notin 'Devices', 'Phases', 'Components', 'Adapter' }
    }

    It 'reads a copy that <From> made' -ForEach @(
        @{ From = 'CSV'; Copy = { $estimate | ConvertTo-Csv | ConvertFrom-Csv } }
        @{ From = 'JSON'; Copy = { $estimate | Select-Object $properties | ConvertTo-Json -WarningAction Ignore | ConvertFrom-Json } }
        @{ From = 'Clixml'; Copy = { $estimate | Export-Clixml "$TestDrive/estimate.xml"; Import-Clixml "$TestDrive/estimate.xml" } }
        @{ From = 'Select-Object'; Copy = { $estimate | Select-Object * } }
    ) {
        $copied = & $Copy | ConvertTo-LlmLaunchArgument -AsObject
        "$($copied.Settings)" | Should -Be "$($start.Settings)"
        @($copied.Comments) -match '^(Memory|Fullest|Band)' | Should -Be (@($start.Comments) -match '^(Memory|Fullest|Band)')
    }

    It 'is the same in a job' {
        $job = Start-Job -ArgumentList $manifest {
            Import-Module $args[0]
            Get-LlmMemoryEstimate -Model llama-3.1-70b -Engine vLLM -TensorParallel 4 -ContextLength 8k -DeviceMemory 80GB
        }
        $copied = $job | Receive-Job -Wait -AutoRemoveJob | ConvertTo-LlmLaunchArgument -AsObject
        "$($copied.Settings)" | Should -Be "$($start.Settings)"
    }
}

Describe 'Get-LlmModel' {
    It 'knows a model by name, by hub id and by pattern' {
        (Get-LlmModel llama-3.1-8b).Parameters | Should -Be 8030261248
        (Get-LlmModel meta-llama/Llama-3.1-8B).Name | Should -Be 'llama-3.1-8b'
        @(Get-LlmModel).Count | Should -BeGreaterOrEqual 400
    }

    It 'reads what Get-ChildItem finds, and a bad file leaves the rest alone' {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive 'models')
        '{"model_type":"gpt2","n_embd":768,"n_layer":12,"n_head":12,"n_positions":1024,"vocab_size":50257}' | Set-Content (Join-Path $folder 'b.json')
        '{' | Set-Content (Join-Path $folder 'a.json')
        $models = Get-ChildItem $folder | Get-LlmModel -ErrorVariable bad -ErrorAction SilentlyContinue
        $models.Parameters | Should -Be 124439808
        $bad.FullyQualifiedErrorId | Should -Be 'ConfigInvalid,LlmMemory.Commands.GetLlmModelCommand'
    }

    It 'pipes into an estimate, quantised or not' {
        $estimate = Get-LlmModel llama-3.1-8b -DataType NF4 | Get-LlmMemoryEstimate
        $estimate.Method | Should -Be 'Architecture'
        $estimate.DataType | Should -Be 'NF4'
        ($estimate | Get-LlmMemoryEstimate -DataType NF4).TotalBytes | Should -Be $estimate.TotalBytes
    }
}

Describe 'Help' {
    BeforeAll {
        # A hub that has one configuration, whatever model is asked for.
        $hub = New-Object System.Net.HttpListener
        $free = New-Object System.Net.Sockets.TcpListener ([Net.IPAddress]::Loopback, 0)
        $free.Start()
        $address = "http://localhost:$($free.LocalEndpoint.Port)"
        $free.Stop()
        $hub.Prefixes.Add("$address/")
        $hub.Start()
        $server = [powershell]::Create().AddScript({
                param($Hub)
                while ($Hub.IsListening) {
                    $context = $Hub.GetContext()
                    $answer = if ($context.Request.Url.AbsolutePath -like '/api/models/*') {
                        '{"sha":"0123456789abcdef0123456789abcdef01234567","siblings":[{"rfilename":"config.json"}]}'
                    }
                    else {
                        '{"model_type":"llama","hidden_size":2048,"intermediate_size":5632,"num_hidden_layers":22,"vocab_size":32000,' +
                        '"num_attention_heads":32,"num_key_value_heads":4,"max_position_embeddings":2048,"torch_dtype":"bfloat16"}'
                    }
                    $bytes = [Text.Encoding]::UTF8.GetBytes($answer)
                    $context.Response.OutputStream.Write($bytes, 0, $bytes.Length)
                    $context.Response.Close()
                }
            }).AddArgument($hub)
        $null = $server.BeginInvoke()
        $endpoint = $env:HF_ENDPOINT
        $env:HF_ENDPOINT = $address
    }

    AfterAll {
        $env:HF_ENDPOINT = $endpoint
        $hub.Stop()
        $server.Dispose()
    }

    It 'has a synopsis, a description for every parameter and examples: <_>' -ForEach 'Compare-LlmMemoryEstimate', 'ConvertTo-LlmLaunchArgument', 'Find-LlmDeployment', 'Find-LlmLimit', 'Get-LlmGpu', 'Get-LlmMemoryEstimate', 'Get-LlmModel', 'Get-LoraMemoryEstimate', 'Test-LlmMemoryFit' {
        $help = Get-Help $_ -Full
        $help.Synopsis | Should -Not -Match '^\s*Get-'
        $help.Description | Should -Not -BeNullOrEmpty
        foreach ($parameter in $help.parameters.parameter) {
            $parameter.description | Should -Not -BeNullOrEmpty -Because $parameter.name
        }
        @($help.examples.example).Count | Should -BeGreaterOrEqual 8
    }

    It 'runs its examples as printed, those of the hub with one on this machine: <_>' -ForEach 'Compare-LlmMemoryEstimate', 'ConvertTo-LlmLaunchArgument', 'Find-LlmDeployment', 'Find-LlmLimit', 'Get-LlmMemoryEstimate', 'Get-LlmModel', 'Get-LoraMemoryEstimate', 'Test-LlmMemoryFit' {
        Mock Read-Host {
            $token = New-Object System.Security.SecureString
            'hf_token'.ToCharArray() | ForEach-Object { $token.AppendChar($_) }
            $token
        }
        Push-Location $TestDrive
        try {
            foreach ($example in (Get-Help $_ -Examples).examples.example) {
                { & ([scriptblock]::Create($example.code)) -ErrorAction Stop } | Should -Not -Throw -Because $example.title
            }
        }
        finally {
            Pop-Location
        }
    }

    It 'runs the examples of Get-LlmGpu that need no GPU as printed' {
        $examples = @((Get-Help Get-LlmGpu -Examples).examples.example | Where-Object code -NotMatch '-Local|\$fleet')
        $examples.Count | Should -BeGreaterOrEqual 6
        foreach ($example in $examples) {
            { & ([scriptblock]::Create($example.code)) -ErrorAction Stop } | Should -Not -Throw -Because $example.title
        }
    }

    It 'has the topic <_>' -ForEach 'about_LlmMemory', 'about_LlmMemory_Errors' {
        Get-Help $_ | Out-String | Should -Match $_
    }
}
