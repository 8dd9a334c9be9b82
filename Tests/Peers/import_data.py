"""import_data.py FOLDER: a trial of 5.6 million cells in our own tables, always the same."""
import random
import sys

random.seed(1989)
folder = sys.argv[1]
SUBJECTS, LESIONS, VISITS = 10_000, 5, 14
readers = ["INVESTIGATOR"]


def write(name, header, rows):
    count = 0
    with open(f"{folder}/{name}.csv", "w") as file:
        file.write(header + "\n")
        for row in rows:
            file.write(row + "\n")
            count += header.count(",") + 1
    return count


subjects = [f"011-{number:05d}" for number in range(SUBJECTS)]
cells = write("subject", "subject,arm,dose_level,dose_unit,cohort,sex,age,first_dose", (
    f"{name},ARM {'AB'[i % 2]},{[0.25, 1.25, 6.25][i % 3]},mg,{i % 3 + 1},{'FM'[i % 9 == 0]},"
    f"{random.randint(30, 80)},2008-{i % 12 + 1:02d}-{i % 28 + 1:02d}"
    for i, name in enumerate(subjects)))
cells += write("lesion", "subject,lesion,role,site,nodal", (
    f"{name},T{j + 1:02d},TARGET,{['LIVER', 'LUNG', 'AXILLARY LYMPH NODE'][j % 3]},{int(j % 3 == 2)}"
    for name in subjects for j in range(LESIONS)))
cells += write("measurement", "subject,lesion,day,visit,diameter,state,evaluator", (
    f"{name},T{j + 1:02d},{56 * visit - 7},WEEK {8 * visit},{random.randint(50, 900) / 10},,"
    f"{readers[0]}"
    for name in subjects for j in range(LESIONS) for visit in range(VISITS)))
left = 5_600_000 - cells
cells += write("marker", "subject,day,visit,marker,value,unit", (
    f"{subjects[i // 20]},{7 * (i % 20)},WEEK {i % 20},MONOABS,{random.randint(1, 2000) / 1000},10^9/L"
    for i in range(left // 6)))
