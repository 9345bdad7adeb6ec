# The least that a module with a few binary cmdlets can be: no formats, no types, no second assembly.
@{
    RootModule        = 'LlmMemory.Benchmarks.Baseline.dll'
    ModuleVersion     = '0.1.0'
    GUID              = 'dea083e1-c156-41bd-9d49-4ed30b579609'
    Author            = 'LlmMemory contributors'
    Description       = 'Empty cmdlets that the benchmarks compare LlmMemory with.'
    CmdletsToExport   = @('Get-EmptyFromNumber', 'Get-EmptyFromText', 'Get-BareFromNumber', 'Get-BareFromText')
    FunctionsToExport = @()
    VariablesToExport = @()
    AliasesToExport   = @()
}
