@{
    Rules        = @{
        PSUseCompatibleSyntax = @{
            Enable         = $true
            TargetVersions = @('5.1', '7.4')
        }
    }
    ExcludeRules = @(
        # The scripts' own small functions read better with one or two positional arguments.
        'PSAvoidUsingPositionalParameters'
        # New-ModulePackage only writes below artifacts.
        'PSUseShouldProcessForStateChangingFunctions'
    )
}
