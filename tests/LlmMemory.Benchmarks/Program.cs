using System;
using System.Globalization;
using LlmMemory.Benchmarks.Catalogue;
using LlmMemory.Benchmarks.Cmdlet;
using LlmMemory.Benchmarks.Engine;
using LlmMemory.Benchmarks.FirstUse;
using LlmMemory.Benchmarks.Gguf;
using LlmMemory.Benchmarks.Import;
using LlmMemory.Benchmarks.Safetensors;

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
        Usage: dotnet run -c Release --project tests/LlmMemory.Benchmarks -- engine|cmdlet|import|gguf|safetensors|catalogue

          engine       estimates per second on one thread, of rules of thumb and of engines
          cmdlet       time per pipeline record, against a cmdlet that does nothing
          import       time of Import-Module, against a module that does nothing
          gguf         time of a GGUF header with 150,000 tokens, against reading its bytes and an npm package
          safetensors  time of an index of 8 MB, and of the headers of 160 files
          catalogue    time of the built-in catalogue when it is first used
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
            case ["safetensors"]:
                CheckpointReport.Run();
                return 0;
            case ["catalogue"]:
                CatalogueReport.Run();
                return 0;
            case [FirstUseSample.Argument, var action, var path, var bytes]:
                FirstUseSample.Print(action, path, long.Parse(bytes, CultureInfo.InvariantCulture));
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
