@{
    RootModule             = 'bin/LlmMemory.dll'
    ModuleVersion          = '0.1.0'
    GUID                   = '9792e427-2ae2-4cc3-b0ca-2f9b49c6e366'
    Author                 = 'LlmMemory contributors'
    CompanyName            = 'LlmMemory contributors'
    Copyright              = '(c) LlmMemory contributors. MIT licence.'
    Description            = 'How much memory a large language model takes: to serve it, to train it, to fine-tune it with LoRA or QLoRA. Structured objects, offline, each figure with its formula.'

    CompatiblePSEditions   = @('Desktop', 'Core')
    PowerShellVersion      = '5.1'
    DotNetFrameworkVersion = '4.7.2'

    FormatsToProcess       = @('bin/LlmMemory.Format.ps1xml')
    TypesToProcess         = @('bin/LlmMemory.Types.ps1xml')

    CmdletsToExport        = @(
        'Compare-LlmMemoryEstimate', 'ConvertTo-LlmLaunchArgument', 'Find-LlmDeployment', 'Find-LlmLimit', 'Get-LlmGpu',
        'Get-LlmMemoryEstimate', 'Get-LlmModel', 'Get-LoraMemoryEstimate', 'Test-LlmMemoryFit')
    FunctionsToExport      = @()
    VariablesToExport      = @()
    AliasesToExport        = @()

    PrivateData            = @{
        PSData = @{
            Tags         = @('LLM', 'Memory', 'GPU', 'VRAM', 'Capacity', 'Planning', 'Inference', 'Training', 'LoRA', 'QLoRA', 'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            ReleaseNotes = 'See docs/CHANGELOG.md.'
        }
    }
}
