using System.Linq;
using System.Management.Automation;
using System.Reflection;
using LlmMemory.Tests.Hosting;
using Xunit;

namespace LlmMemory.Tests;

public sealed class ManifestTests(ModuleSession session) : IClassFixture<ModuleSession>
{
    [Fact]
    public void The_manifest_is_valid_and_exports_what_it_names()
    {
        var module = (PSModuleInfo)session.Run($"Test-ModuleManifest '{Repository.Manifest}'").Single().BaseObject;

        Assert.Equal(["Compare-LlmMemoryEstimate", "ConvertTo-LlmLaunchArgument", "Find-LlmDeployment", "Find-LlmLimit", "Get-LlmGpu", "Get-LlmMemoryEstimate", "Get-LlmModel", "Get-LoraMemoryEstimate", "Test-LlmMemoryFit"], module.ExportedCmdlets.Keys.Order());
        Assert.Empty(module.ExportedAliases);
        Assert.Empty(module.ExportedFunctions);
        Assert.Empty(module.ExportedVariables);
        Assert.Equal(["Core", "Desktop"], module.CompatiblePSEditions.Order());
        Assert.Equal("5.1", module.PowerShellVersion.ToString());
    }

    [Fact]
    public void The_assemblies_and_the_manifest_have_one_version()
    {
        var module = (PSModuleInfo)session.Run("Get-Module LlmMemory").Single().BaseObject;
        string[] assemblies = ["LlmMemory.dll", "LlmMemory.Core.dll"];

        Assert.All(assemblies, name =>
        {
            var version = AssemblyName.GetAssemblyName(Repository.File("bin", name)).Version!;
            Assert.Equal(module.Version.ToString(3), version.ToString(3));
        });
    }

    [Fact]
    public void The_module_loads_by_name_and_unloads()
    {
        using var fresh = new ModuleSession();

        Assert.Empty(fresh.Run("Remove-Module LlmMemory; Get-Module LlmMemory").Clean());
        fresh.Run($"Import-Module '{Repository.Manifest}'; Get-LlmMemoryEstimate 7B").Single();
    }
}
