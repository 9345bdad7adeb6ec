using System;
using System.IO;
using System.Linq;
using LlmMemory.Fuzz.Checks;
using SharpFuzz;

var target = FuzzTarget.All.FirstOrDefault(known => args.Length > 0 && known.Name == args[0]);
if (target is null)
{
    Console.Error.WriteLine($"Name a target: {string.Join(", ", FuzzTarget.All.Select(known => known.Name))}. See fuzz.sh.");
    return 2;
}

if (args.Length == 1)
{
    // What afl-fuzz starts. A process of its own survives what no code can catch, such as a full stack.
    Fuzzer.OutOfProcess.Run(input => target.Check(ReadAll(input)));
    return 0;
}

// What shows a crash again: each file that is named is checked once, and a failure ends it with its stack.
foreach (var path in args.Skip(1))
{
    Console.WriteLine(path);
    target.Check(File.ReadAllBytes(path));
}

return 0;

static byte[] ReadAll(Stream input)
{
    using var bytes = new MemoryStream();
    input.CopyTo(bytes);
    return bytes.ToArray();
}
