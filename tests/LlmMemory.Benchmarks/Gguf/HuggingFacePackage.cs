using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;

namespace LlmMemory.Benchmarks.Gguf;

/// <summary>
/// The npm package @huggingface/gguf in a process of its own that stays, so that it is as warm as what it is compared
/// with. It is installed into a folder of its own, outside of the repository.
/// </summary>
internal sealed class HuggingFacePackage : IDisposable
{
    public const string Package = "@huggingface/gguf@0.4.6";

    private const string Script = "huggingface-gguf.mjs";

    private readonly DirectoryInfo _folder;
    private readonly Process _node;

    private HuggingFacePackage(DirectoryInfo folder, Process node)
    {
        _folder = folder;
        _node = node;
    }

    /// <summary>Installs and starts it; null where node or npm are missing, or the package cannot be had.</summary>
    public static HuggingFacePackage? TryStart()
    {
        var folder = Directory.CreateTempSubdirectory("llmmemory-");
        try
        {
            using var npm = Start(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", folder, "install", "--silent", "--no-fund", Package);
            npm.StandardOutput.ReadToEnd();
            npm.WaitForExit();
            File.Copy(Path.Combine(AppContext.BaseDirectory, "Gguf", Script), Path.Combine(folder.FullName, Script));
            return npm.ExitCode == 0 ? new HuggingFacePackage(folder, Start("node", folder, Script)) : null;
        }
        catch (Win32Exception)
        {
            // There is no such program.
            folder.Delete(recursive: true);
            return null;
        }
    }

    /// <summary>The milliseconds that the package takes for a file's header.</summary>
    public double Parse(string path)
    {
        _node.StandardInput.WriteLine(path);
        _node.StandardInput.Flush();
        return _node.StandardOutput.ReadLine() is { } line
            ? double.Parse(line, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"{Package} ended without an answer.");
    }

    public void Dispose()
    {
        _node.StandardInput.Close();
        _node.WaitForExit();
        _node.Dispose();
        _folder.Delete(recursive: true);
    }

    private static Process Start(string program, DirectoryInfo folder, params string[] arguments)
    {
        return Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }
}
