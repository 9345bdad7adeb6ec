using System;
using LlmMemory.Benchmarks.Cmdlet;
using LlmMemory.Benchmarks.Engine;
using LlmMemory.Benchmarks.Gguf;
using LlmMemory.Benchmarks.Import;

namespace LlmMemory.Benchmarks;

/// <summary>
/// Measurements with a goal each. They report and never fail: a busy machine is no defect, and a figure that
/// matters is read by a person.
/// </summary>
internal static class Program
{
    private const int UsageError = 2;

    private const string Usage =
        """
        Usage: dotnet run -c Release --project tests/LlmMemory.Benchmarks -- engine|cmdlet|import|gguf

          engine   estimates per second on one thread, of rules of thumb and of engines
          cmdlet   time per pipeline record, against a cmdlet that does nothing
          import   time of Import-Module, against a module that does nothing
          gguf     time of a GGUF header with 150,000 tokens, against reading its bytes
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
            case ["gguf"]:
                GgufHeaderReport.Run();
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
