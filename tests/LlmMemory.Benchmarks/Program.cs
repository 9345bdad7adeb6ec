using System;
using LlmMemory.Benchmarks.Cmdlet;
using LlmMemory.Benchmarks.Engine;
using LlmMemory.Benchmarks.Import;

namespace LlmMemory.Benchmarks;

/// <summary>
/// Three measurements with a goal each. They report and never fail: a busy machine is no defect, and a figure that
/// matters is read by a person.
/// </summary>
internal static class Program
{
    private const int UsageError = 2;

    private const string Usage =
        """
        Usage: dotnet run -c Release --project tests/LlmMemory.Benchmarks -- engine|cmdlet|import

          engine   estimates per second on one thread
          cmdlet   time per pipeline record, against a cmdlet that does nothing
          import   time of Import-Module, against a module that does nothing
        """;

    private static int Main(string[] args)
    {
        switch (args)
        {
            case ["engine"]:
                EngineReport.Run();
                return 0;
            case ["cmdlet"]:
                CmdletReport.Run();
                return 0;
            case ["import"]:
                ImportReport.Run();
                return 0;
            case [ImportSample.Argument, var manifest]:
                ImportSample.Print(manifest);
                return 0;
            default:
                Console.Error.WriteLine(Usage);
                return UsageError;
        }
    }
}
